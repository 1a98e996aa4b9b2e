"""Every process and duty named in the sources has its page, and the table that says so is true."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.library import Library, load

ROOT = Path(__file__).parents[2]
COVERAGE = ROOT / "docs" / "coverage-of-sources.md"
ROWS_WANTED = 26 + 23 + 32 + 42 + 21


def rows() -> Iterator[tuple[str, ...]]:
    """The rows of the tables, without their headings and rules."""
    text = COVERAGE.read_text(encoding="utf-8")
    for table in re.findall(r"^\|---.*\n((?:\|.*\n)+)", text, re.MULTILINE):
        for line in table.splitlines():
            yield tuple(cell.strip() for cell in line.strip("|").split("|"))


@pytest.fixture(scope="module")
def library() -> Library:
    """What is really published."""
    return load(ROOT)


def test_no_cell_of_the_coverage_is_empty_and_no_row_is_lost():
    table = list(rows())

    assert len(table) == ROWS_WANTED
    assert all(len(row) == 3 and all(row) for row in table)


def test_every_process_and_duty_is_covered_by_a_page_that_exists(library: Library):
    for number, _, place in rows():
        page, _, anchor = place.partition("#")

        assert page in library.pages, f"{number}: no page {page!r}"
        assert not anchor or library.find_section(place), f"{number}: no section {place!r}"
