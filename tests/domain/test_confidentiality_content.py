"""What we publish passes the guard, and so do the documents that it answers to."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from domain.confidentiality import Finding, Severity, scan
from domain.library import inspect, load
from tests.builders.mistakes import TODAY, copy_of_sound_library, replace_once

PROJECT = Path(__file__).parents[2]
AUTHORED = ("content", "quizzes", "stakeholders")
# The entries of our own allow-list hold at least to this day.
WHEN_CHECKED = date(2026, 11, 23)
MOST_WARNINGS_IN_10_000_WORDS = 5


def texts_below(folder: Path) -> Iterator[str]:
    """Every text of a folder, whatever it is for."""
    for file in sorted(folder.rglob("*")):
        if file.suffix in (".md", ".yaml", ".csv", ".txt"):
            yield file.read_text(encoding="utf-8")


def severe(findings: list[Finding], severity: Severity) -> list[str]:
    return [each.words for each in findings if each.severity is severity]


def test_our_own_content_passes() -> None:
    allow = load(PROJECT).allow_list(WHEN_CHECKED)
    texts = [text for folder in AUTHORED for text in texts_below(PROJECT / folder)]

    found = [each for text in texts for each in scan(text, allow, on=WHEN_CHECKED)]

    words = sum(len(text.split()) for text in texts)
    warnings = severe(found, Severity.WARN)
    assert words > 10_000
    assert severe(found, Severity.BLOCK) == []
    assert len(warnings) <= MOST_WARNINGS_IN_10_000_WORDS * words / 10_000, warnings


@pytest.mark.skipif(
    not os.environ.get("MHCS_SOURCES"),
    reason="MHCS_SOURCES names no folder with the published documents, which are not ours to keep",
)
def test_the_documents_that_this_product_answers_to_pass() -> None:
    texts = list(texts_below(Path(os.environ["MHCS_SOURCES"])))
    assert texts, "the folder that MHCS_SOURCES names holds no text"

    found = [each for text in texts for each in scan(text, on=WHEN_CHECKED)]

    words = sum(len(text.split()) for text in texts)
    warnings = severe(found, Severity.WARN)
    assert severe(found, Severity.BLOCK) == []
    assert len(warnings) <= MOST_WARNINGS_IN_10_000_WORDS * words / 10_000, warnings


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A sound library that a test may change."""
    return copy_of_sound_library(tmp_path)


def told(root: Path, on: date = TODAY) -> list[str]:
    return [str(problem) for problem in inspect(root, on).problems]


def test_the_name_of_a_file_is_searched_too(root: Path) -> None:
    (root / "content/guidance/about-a1234aa.txt").write_text("Nothing reads this.\n")

    assert (
        "content/guidance/about-a1234aa.txt:1: this looks like a prison number (7 characters): "
        "nothing about a patient is ever written here"
    ) in told(root)


def test_a_register_that_cannot_be_read_is_searched_all_the_same(root: Path) -> None:
    register = root / "stakeholders/register.csv"
    register.write_text(f"slug,name\nx,999 000 0018\ny,{'z' * 140_000}\n")

    assert any("register.csv:2: this looks like an NHS number" in line for line in told(root))


def test_an_entry_lets_nothing_pass_once_it_has_expired(root: Path) -> None:
    replace_once(
        root / "content/guidance/leave.md",
        "What stands before the first heading",
        "Call 01632 960123 about what stands before the first heading",
    )

    assert told(root) == []
    assert any(
        "leave.md:15: warning: this looks like a tele" in line
        for line in told(root, date(2040, 1, 2))
    )


def test_an_entry_may_be_used_on_its_last_day(root: Path) -> None:
    assert not any("this entry ended" in line for line in told(root, date(2040, 1, 1)))
    assert any("this entry ended" in line for line in told(root, date(2040, 1, 2)))


def test_a_library_needs_no_allow_list(root: Path) -> None:
    (root / "stakeholders/allow-list.yaml").unlink()

    assert told(root) == []
    assert load(root).allowed == ()


def test_organisations_of_the_register_may_be_written_to(root: Path) -> None:
    allow = load(root).allow_list(TODAY)

    assert scan("Write to a.person@north.example.org", allow) == ()
    assert [each.code for each in scan("Write to a.person@example.org", allow)] == ["EML"]


def test_a_list_with_a_mistake_hides_no_number(root: Path) -> None:
    replace_once(root / "stakeholders/allow-list.yaml", "kind: telephone", "kind: nonsense")
    replace_once(root / "content/roles.yaml", "mentor: Mentor", "mentor: Mentor  # A1234AA")

    assert [line.partition(":")[0] for line in told(root)] == [
        "content/roles.yaml",
        "stakeholders/allow-list.yaml",
    ]
