"""Spreadsheet downloads: typed cells, text that no spreadsheet takes for a formula."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import TypeAlias

from flask import Response, stream_with_context

Cell: TypeAlias = str | int | float | date | datetime | None

# What a spreadsheet takes for the start of a formula. Full-width and small forms are
# folded into these first; the minus sign of typography is no hyphen, and stands by itself.
_STARTS_A_FORMULA = frozenset("=+-@|\u2212")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ROWS_AT_A_TIME = 200
# Excel reads a file without it in the code page of the machine, and spoils "Siân".
_BYTE_ORDER_MARK = "\ufeff"


def safe_text(text: str) -> str:
    """Text for a cell, marked with an apostrophe where a spreadsheet would calculate with it.

    Leading white space and invisible characters count as such a start, since
    spreadsheets skip them.
    """
    shown = _CONTROLS.sub("\ufffd", text)
    return f"'{shown}" if _could_calculate(shown) else shown


def _could_calculate(text: str) -> bool:
    if not text:
        return False
    folded = unicodedata.normalize("NFKC", text[0])[:1]
    return folded in _STARTS_A_FORMULA or unicodedata.category(text[0])[0] in "ZC"


def cell(value: Cell) -> str | int | float:
    """One value as it is written: numbers as numbers, dates as ISO 8601, instants in UTC."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, date) else safe_text(value)


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The file in pieces, a couple of hundred rows each, so that no table is held whole."""
    yield _BYTE_ORDER_MARK + _written([header])
    pending = iter(rows)
    while piece := list(islice(pending, _ROWS_AT_A_TIME)):
        yield _written(piece)


def _written(rows: Iterable[Sequence[Cell]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows([cell(value) for value in row] for row in rows)
    return buffer.getvalue()


def csv_response(filename: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """A download that streams.

    `filename` is the program's own, never typed. `rows` may be a generator that
    reads as it goes. Whoever calls this records the export, with its filter and
    number of rows, and commits before answering.
    """
    if not re.fullmatch(r"[a-z0-9-]+\.csv", filename):
        raise ValueError(f"not a plain name for a download: {filename!r}")
    response = Response(stream_with_context(csv_lines(header, rows)))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
