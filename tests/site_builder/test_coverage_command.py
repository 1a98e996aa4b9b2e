"""The check shows what is taught and not tested, and fails where anything is."""

import json
from pathlib import Path

import pytest

from tests.builders.authored import replace_in
from tests.builders.mistakes import copy_of_sound_library

PAGE = Path("content/guidance/desk-notes.md")
LATER = "## Later {#later}\n\nWait.\n\n## Before"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A library of which every section is tested."""
    return copy_of_sound_library(tmp_path)


def test_the_coverage_map_of_a_tested_library_gives_the_counts_and_passes(sound: Path, run) -> None:
    told = run("check", "--coverage", "--root", sound)

    assert told.code == 0
    assert told.out.splitlines() == [
        "3 pages, 5 sections, 2 quizzes, 3 questions, 1 programme and 0 objectives.",
        "5 sections taught, 0 of them without a question.",
        "0 questions without a section that is taught.",
        "0 objectives without a question.",
        "3 pages, 2 quizzes and 1 programme checked: nothing wrong.",
    ]


def test_it_names_each_gap_and_fails(sound: Path, run) -> None:
    replace_in(sound / PAGE, "## Before", LATER)

    told = run("check", "--coverage", "--root", sound)

    assert told.code == 1
    assert told.out.startswith("untested: no question cites desk-notes#later\n")
    assert "6 sections taught, 1 of them without a question." in told.out


def test_a_section_that_says_why_is_excused(sound: Path, run) -> None:
    replace_in(sound / PAGE, "## Before", LATER)
    replace_in(sound / PAGE, "minutes: 3", "untested: [{section: later, reason: Nothing to know}]")

    told = run("check", "--coverage", "--root", sound)

    assert told.code == 0
    assert "excused: desk-notes#later (Nothing to know)" in told.out


def test_the_check_alone_does_not_fail_over_a_gap(sound: Path, run) -> None:
    replace_in(sound / PAGE, "## Before", LATER)

    told = run("check", "--root", sound)

    assert told.code == 0
    assert "untested" not in told.out


def test_a_program_can_read_the_map(sound: Path, run) -> None:
    replace_in(sound / PAGE, "## Before", LATER)

    told = json.loads(run("check", "--coverage", "--format", "json", "--root", sound).out)

    assert told["coverage"]["untested"] == ["desk-notes#later"]
    assert "coverage" not in json.loads(run("check", "--format", "json", "--root", sound).out)
