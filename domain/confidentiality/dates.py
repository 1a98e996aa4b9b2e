"""Full dates, and among them those on which somebody was born."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from domain.confidentiality.findings import Clue, Code, Severity
from domain.confidentiality.reading import Reading, Spans
from domain.confidentiality.shapes import words_like

_MONTHS: Final = (
    "JAN",
    "FEB",
    "MAR",
    "APR",
    "MAY",
    "JUN",
    "JUL",
    "AUG",
    "SEP",
    "OCT",
    "NOV",
    "DEC",
)
_MONTH: Final = (
    r"(JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?"
    r"|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)"
)
_DAY: Final = r"([0-9](?<![A-Z0-9][0-9])[0-9]?)"
_ORDINAL: Final = r"(?:ST|ND|RD|TH)?"
_YEAR: Final = r"((?:1[89]|20)[0-9]{2}|[0-9]{2})(?![0-9])"
_NUMERIC: Final = re.compile(rf"{_DAY}\s?([/.-])\s?([0-9]{{1,2}})\s?\2\s?{_YEAR}")
_YEAR_FIRST: Final = re.compile(
    r"([12](?<![A-Z0-9][12])[089][0-9]{2})([/.-])([0-9]{2})\2([0-9]{2})(?![0-9])"
)
_WORDED: Final = re.compile(
    rf"{_DAY}{_ORDINAL}[\s-]{{0,3}}(?:OF\s{{1,2}})?{_MONTH}[.,]?[\s-]{{0,3}}'?{_YEAR}"
)
_AFTER_MONTH: Final = re.compile(rf"{_DAY}{_ORDINAL},?\s{{1,3}}{_YEAR}")
_MONTH_BEFORE: Final = re.compile(rf"(?<![A-Z0-9]){_MONTH}[.]?\s{{1,3}}\Z")
# Only beside a word of birth: anywhere else these are any numbers at all.
_BARE: Final = re.compile(rf"([0-9](?<![A-Z0-9][0-9])[0-9])(\s?)([0-9]{{2}})\2{_YEAR}")

_BIRTH: Final = words_like(
    r"BORN\b", r"D\.?\s?O\.?\s?B\b", "DATES? OF BIRTH", "BIRTH[ -]?DA(?:TE|Y)"
)
_AGED: Final = words_like(r"AGED\b")
# "Aged 18 and over" is policy: it speaks of a birth only where the date comes at once.
_AGED_WITHIN: Final = 40
_YOUNGEST, _OLDEST = 10, 110


class Day(NamedTuple):
    """A date in a text, as the days that it can mean: two where only two digits tell the year."""

    start: int
    end: int
    days: tuple[date, ...]


def full_dates(reading: Reading) -> list[Day]:
    """Every real date with day, month and year, in order."""
    text = reading.upper
    found = [_of(each.span(), each[4], each[3], each[1]) for each in _NUMERIC.finditer(text)]
    found += [_of(each.span(), each[1], each[3], each[4]) for each in _YEAR_FIRST.finditer(text)]
    found += [
        _of(each.span(), each[3], _number(each[2]), each[1]) for each in _WORDED.finditer(text)
    ]
    for each in _AFTER_MONTH.finditer(text):
        month = _MONTH_BEFORE.search(text, max(0, each.start() - 14), each.start())
        if month:
            found.append(_of((month.start(), each.end()), each[2], _number(month[1]), each[1]))
    return sorted(each for each in found if each.days)


def birth_dates(reading: Reading, dates: Sequence[Day], on: date | None) -> Iterator[Clue]:
    """Dates near a word of birth, if somebody who was born then is 10 to 110 years old.

    Where the day of the scan is not given, every such date counts.
    """
    bare = [_of(each.span(), each[4], each[3], each[1]) for each in _BARE.finditer(reading.upper)]
    for start, end, _ in _of_the_living([*dates, *bare], on):
        if reading.is_near(_BIRTH, start, end):
            yield Clue(Code.DOB, Severity.BLOCK, start, end)
    for start, end, _ in _of_the_living(dates, on):
        if reading.is_near(_AGED, start, end):
            at_once = reading.is_near(_AGED, start, end, _AGED_WITHIN)
            yield Clue(Code.DOB, Severity.BLOCK if at_once else Severity.WARN, start, end)


def other_dates(dates: Sequence[Day], people: Spans) -> Iterator[Clue]:
    """All dates: policy is full of them, so they matter only near a person."""
    for start, end, _ in dates:
        severity = Severity.WARN if people.near(start, end) else Severity.NOTE
        yield Clue(Code.DAT, severity, start, end)


def _number(month: str) -> str:
    return str(_MONTHS.index(month[:3]) + 1)


def _of(span: tuple[int, int], year: str, month: str, day: str) -> Day:
    years = [int(year)] if len(year) == 4 else [1900 + int(year), 2000 + int(year)]
    # Day before month as here, or month before day as elsewhere.
    real = [
        _real(each, int(month), int(day)) or _real(each, int(day), int(month)) for each in years
    ]
    return Day(*span, tuple(each for each in real if each))


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _of_the_living(dates: Iterable[Day], on: date | None) -> Iterator[Day]:
    return (each for each in dates if any(on is None or _is_age(day, on) for day in each.days))


def _is_age(born: date, on: date) -> bool:
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return _YOUNGEST <= age <= _OLDEST
