"""A fact that is corrected names the pages that rest on it."""

from pathlib import Path

from tests.builders.mistakes import copy_of_sound_library


def test_it_names_the_pages_that_rest_on_a_fact(tmp_path: Path, run) -> None:
    root = copy_of_sound_library(tmp_path)

    told = run("facts", "RPS-4.1", "RPS-4.4", "RPS-4.2", "RPS-4.3", "--root", root)

    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines() == [
        "docs/facts/leave.md:3: RPS-4.1 (confirmed, at least in part): 2 pages",
        "  content/guidance/desk-notes.md: Desk notes",
        "  content/guidance/leave.md: Leave",
        "docs/facts/leave.md:6: RPS-4.4 (confirmed, at least in part): 1 page",
        "  content/guidance/leave.md: Leave",
        "docs/facts/leave.md:4: RPS-4.2 (not confirmed): 0 pages",
        "docs/facts/leave.md:5: RPS-4.3 (our own proposal): 0 pages",
    ]


def test_a_number_that_no_brief_has_is_refused(tmp_path: Path, run) -> None:
    told = run("facts", "RPS-4.11", "--root", copy_of_sound_library(tmp_path))

    assert told.code == 1
    assert told.err == "error: no brief has the fact 'RPS-4.11' (did you mean 'RPS-4.1'?)\n"
