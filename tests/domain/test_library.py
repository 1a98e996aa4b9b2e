"""The library is read from disk as one whole: complete, in order, and not to be changed."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import cast

import pytest

from domain.library import Library, inspect, load, resolver
from domain.pages import Page
from domain.problems import ProblemsFound, Severity
from tests.builders.mistakes import TODAY, copy_of_sound_library, replace_once


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A sound library that a test may change."""
    return copy_of_sound_library(tmp_path)


def told(root: Path) -> list[str]:
    return [str(problem) for problem in inspect(root, TODAY).problems]


def test_everything_that_was_authored_is_there(root: Path) -> None:
    library = load(root)

    assert list(library.pages) == ["desk-notes", "index", "leave"]
    assert list(library.quizzes) == ["for-everybody", "leave-basics"]
    assert list(library.programmes) == ["induction"]
    assert list(library.references) == ["mha-1983-s17", "mha-1983-s41"]
    assert library.roles["mentor"] == "Mentor"
    assert library.topics == {"leave": "Leave", "recall": "Recall"}
    assert date(2026, 12, 25) in library.bank_holidays
    assert [each.slug for each in library.engagement.organisations] == ["north-trust", "care-watch"]
    assert library.pages["leave"].path == "content/guidance/leave.md"


def test_a_section_is_found_by_its_id(root: Path) -> None:
    library = load(root)
    section = library.find_section("leave#form")

    assert section is not None
    assert section.title == "The form"
    assert library.section_versions()["leave#form"] == section.version
    assert library.find_section("leave#gone") is None
    assert library.find_section("gone#form") is None


def test_nothing_in_a_library_can_be_changed(root: Path) -> None:
    def assert_frozen(value: object) -> None:
        assert not isinstance(value, list | dict | set)
        if isinstance(value, Mapping):
            for each in value.values():
                assert_frozen(each)
        elif isinstance(value, tuple | frozenset):
            for each in value:
                assert_frozen(each)
        elif is_dataclass(value) and not isinstance(value, Enum):
            for field in fields(value):
                assert_frozen(getattr(value, field.name))

    library = load(root)

    assert_frozen(library)
    with pytest.raises(TypeError):
        cast(dict[str, Page], library.pages)["new"] = library.pages["leave"]


def test_reading_twice_gives_the_same(root: Path) -> None:
    assert load(root) == load(root)


def test_the_version_follows_every_file(root: Path) -> None:
    seen = {load(root).version}
    for path, old, new in [
        ("content/guidance/leave.md", "caseworker decides", "*caseworker* decides"),
        ("content/bank-holidays.yaml", "Christmas Day", "Christmas"),
        ("quizzes/for-everybody.yaml", "pass_mark: 50", "pass_mark: 60"),
        ("content/programmes/induction.yaml", "minutes: 60", "minutes: 61"),
        ("stakeholders/register.csv", "Inspects hospitals", "Inspects"),
    ]:
        replace_once(root / path, old, new)
        seen.add(load(root).version)

    assert len(seen) == 6


def test_windows_line_ends_and_byte_order_marks_change_nothing(root: Path) -> None:
    before = load(root)
    for file in root.rglob("*.*"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))

    assert load(root) == before


def test_loading_raises_all_errors_at_once_and_no_warning(root: Path) -> None:
    replace_once(root / "quizzes/leave-basics.yaml", "pass_mark: 80", "pass_mark: 0")
    replace_once(root / "content/guidance/desk-notes.md", "kind: guidance", "kind: note")
    replace_once(root / "content/guidance/leave.md", "The caseworker", "The mentor")

    with pytest.raises(ProblemsFound) as raised:
        load(root)

    assert [problem.path for problem in raised.value.problems] == [
        "content/guidance/desk-notes.md",
        "quizzes/leave-basics.yaml",
    ]


def test_warnings_stop_nothing(root: Path) -> None:
    replace_once(root / "content/guidance/leave.md", "The caseworker", "The mentor")
    inspection = inspect(root, date(2030, 1, 1))

    assert inspection.library is not None
    assert {problem.severity for problem in inspection.problems} == {Severity.WARNING}
    assert len(inspection.problems) == 4
    assert load(root) == inspection.library


def test_suspect_questions_are_those_whose_section_has_changed(root: Path) -> None:
    replace_once(root / "content/guidance/leave.md", "Say for how long.", "Say for how many days.")

    suspect = load(root).suspect_questions()

    assert [(quiz.slug, question.id) for quiz, question in suspect] == [
        ("leave-basics", "contents")
    ]


def test_rewrapping_a_cited_paragraph_makes_no_question_suspect(root: Path) -> None:
    replace_once(root / "content/guidance/leave.md", "starts once the", "starts\n  once **the**")

    assert told(root) == []


def test_bytes_that_are_no_text_are_told_with_their_line(root: Path) -> None:
    page = root / "content/guidance/leave.md"
    page.write_bytes(page.read_bytes().replace(b"Who decides", b"Who d\xe9cides"))

    assert told(root) == [
        "content/guidance/leave.md:39: this line is not UTF-8: save the file as UTF-8"
    ]


def test_text_that_turns_the_reading_direction_is_told_with_its_line(root: Path) -> None:
    replace_once(root / "content/guidance/leave.md", "The caseworker", "The \u202ecaseworker")

    assert told(root) == [
        "content/guidance/leave.md:41: an invisible character stands here "
        "(U+202E, right-to-left override): delete it"
    ]


def test_a_file_beyond_all_measure_is_refused_unread(root: Path) -> None:
    (root / "content/information").mkdir()
    (root / "content/information/all.md").write_bytes(b"a" * 50_000_000)

    assert told(root) == [
        "content/information/all.md:1: this file is larger than 1,000,000 bytes: split it"
    ]


def test_a_link_out_of_the_folder_is_not_followed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    (root / "content/guidance/secret.md").symlink_to(tmp_path / "secret.md")
    (root / "quizzes/all").symlink_to(tmp_path)

    words = "this is a link to another place: put the file itself here"
    assert told(root) == [f"content/guidance/secret.md:1: {words}", f"quizzes/all:1: {words}"]


def test_hidden_files_and_images_are_left_alone(root: Path) -> None:
    before = load(root)
    (root / "content/.cache").mkdir()
    (root / "content/.cache/x.md").write_text("x", encoding="utf-8")
    (root / "quizzes/.leave.yaml.swp").write_bytes(b"\xff")
    (root / "content/images").mkdir()
    (root / "content/images/x.svg").write_text("<svg/>", encoding="utf-8")

    assert load(root) == before


def test_a_folder_that_is_missing_is_told_in_one_line(root: Path, tmp_path: Path) -> None:
    (root / "stakeholders").rename(tmp_path / "elsewhere")

    problems = inspect(root, TODAY).problems

    assert [str(each) for each in problems] == [
        "stakeholders:1: there is no folder 'stakeholders' here: what authors write stands in it"
    ]


def test_an_empty_place_is_told_without_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="there is no folder 'content' here"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("page:leave", "/leave/"),
        ("page:leave#form", "/leave/#form"),
        ("ref:mha-1983-s17", "https://www.legislation.gov.uk/ukpga/1983/20/section/17"),
        ("page:gone", None),
        ("page:leave#gone", None),
        ("ref:gone", None),
        ("leave", None),
        ("javascript:alert(1)", None),
    ],
)
def test_links_resolve_to_what_the_library_has(
    root: Path, target: str, address: str | None
) -> None:
    resolve = resolver(load(root), _address)

    assert resolve(target) == address


def _address(slug: str, anchor: str) -> str:
    return f"/{slug}/" + (f"#{anchor}" if anchor else "")


def test_a_library_is_a_plain_value(root: Path) -> None:
    assert isinstance(load(root), Library)
    assert "leave-basics" in load(root).quizzes
