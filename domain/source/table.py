"""Strict CSV: one table with the columns that are wanted, and the line of each row."""

import csv
import io
from collections.abc import Iterator, Sequence

from domain.problems import Problem, probably_meant
from domain.source.tree import Location, Place, Source

Row = tuple[int, list[str]]


class _Unreadable(Exception):
    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"line {line}")


def read_csv(
    path: str, text: str, columns: Sequence[str]
) -> tuple[Source | None, tuple[Problem, ...]]:
    """The rows of a table as a list of mappings. There is no source without the right columns."""
    try:
        rows = list(_rows(text))
    except _Unreadable as refused:
        message = "this is not CSV: a quotation mark is not closed, or stands inside a cell"
        return None, (Problem(path, refused.line, message),)
    if not rows:
        return None, (Problem(path, 1, "this file says nothing yet"),)
    header_line, header = rows[0]
    problems = tuple(Problem(path, header_line, each) for each in _wrong_columns(header, columns))
    if problems:
        return None, problems
    whole = [(line, cells) for line, cells in rows[1:] if len(cells) == len(header)]
    ragged = tuple(
        Problem(path, line, f"this row has {len(cells)} cells, but there are {len(header)} columns")
        for line, cells in rows[1:]
        if len(cells) != len(header)
    )
    return _source(path, header, whole), ragged


def _rows(text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as refused:
        raise _Unreadable(line) from refused


def _wrong_columns(header: Sequence[str], columns: Sequence[str]) -> Iterator[str]:
    unknown = {name: probably_meant(name, columns) for name in header if name not in columns}
    for name, meant in unknown.items():
        yield f"unknown column '{name}'{meant}"
    for name in columns:
        if header.count(name) > 1:
            yield f"the column '{name}' stands twice"
        elif name not in header and not any(f"'{name}'" in meant for meant in unknown.values()):
            yield f"the column '{name}' is missing"


def _source(path: str, header: Sequence[str], rows: Sequence[Row]) -> Source:
    value = [dict(zip(header, cells, strict=True)) for _, cells in rows]
    places: dict[Location, Place] = {(): Place(1, (0, 0), (0, 0))}
    for index, (line, _) in enumerate(rows):
        places[(index,)] = Place(line, (line - 1, 0), (line - 1, 0))
    return Source(path, value, places)
