"""Every kind of mistake that an author can make gives one clear line, with file and line."""

from pathlib import Path

import pytest

from domain.library import inspect
from tests.builders.mistakes import TODAY, case_files, copy_of_sound_library, plant, read_case


def test_the_sound_library_has_no_mistake(tmp_path: Path) -> None:
    inspection = inspect(copy_of_sound_library(tmp_path), TODAY)

    assert inspection.problems == ()
    assert inspection.library is not None


@pytest.mark.parametrize("file", case_files(), ids=lambda file: file.stem)
def test_a_mistake_is_told_in_its_own_line_and_no_other(file: Path, tmp_path: Path) -> None:
    root, case = copy_of_sound_library(tmp_path), read_case(file)
    plant(root, case)

    told = [str(problem) for problem in inspect(root, TODAY).problems]

    assert len(case.expected) == 1
    assert told == case.expected


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    root = copy_of_sound_library(tmp_path)
    chosen = (
        "bad-date",
        "unknown-key-in-quiz",
        "unknown-page-in-programme",
        "part-of-the-ministry",
    )
    cases = [read_case(file) for file in case_files() if file.stem in chosen]
    for case in cases:
        plant(root, case)

    told = [str(problem) for problem in inspect(root, TODAY).problems]

    assert len(cases) == len(chosen)
    assert told == sorted(line for case in cases for line in case.expected)
