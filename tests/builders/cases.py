"""Cases that are written as plain text: a table with comments, read line by line."""

from pathlib import Path

import pytest

CASES = Path(__file__).parents[1] / "domain" / "cases"


def table(name: str) -> list[list[str]]:
    """The words of every line of a case file, without comments and empty lines."""
    rows = [line.partition("#")[0].split() for line in _lines(name)]
    return [row for row in rows if row]


def named_rows(name: str) -> list[object]:
    """The same, as parameters of a test that are named by their words."""
    return [pytest.param(*row, id=" ".join(row)) for row in table(name)]


def _lines(name: str) -> list[str]:
    return (CASES / name).read_text(encoding="utf-8").splitlines()
