"""One look at one text: every detector, less what is allowed, less what says the same twice."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from domain.confidentiality.allow_list import NOTHING_ALLOWED, AllowList
from domain.confidentiality.case_numbers import case_numbers
from domain.confidentiality.combinations import combinations
from domain.confidentiality.contacts import emails, postcodes, telephone_numbers
from domain.confidentiality.dates import Day, birth_dates, full_dates, other_dates
from domain.confidentiality.findings import Clue, Code, Finding, Severity
from domain.confidentiality.names import full_names, initials, is_certain, titled_names
from domain.confidentiality.nhs import nhs_numbers
from domain.confidentiality.police_numbers import police_numbers
from domain.confidentiality.reading import Reading, Spans
from domain.confidentiality.references import court_references, own_references

_RANKS = {
    (severity, code): rank
    for rank, (severity, code) in enumerate(
        (severity, code) for severity in Severity for code in Code
    )
}


def scan(
    text: str,
    allow: AllowList = NOTHING_ALLOWED,
    *,
    on: date | None = None,
    own: re.Pattern[str] | None = None,
) -> tuple[Finding, ...]:
    """Everything in a text that may tell of a patient, in order of place.

    `on` is the day, for what depends on an age; `own` how references of the
    casework section look (`compile_shape`). The time taken grows with the length of the
    text and no faster, whatever the text.
    """
    reading = Reading(text)
    remaining = list(allow.remaining(reading, _clues(reading, on, own)))
    return tuple(reading.finding(clue) for clue in _without_echoes(remaining))


def _clues(reading: Reading, on: date | None, own: re.Pattern[str] | None) -> Iterator[Clue]:
    dates = full_dates(reading)
    days = Spans((day.start, day.end) for day in dates)
    lines = list(telephone_numbers(reading, days))
    yield from lines
    yield from nhs_numbers(reading, days, Spans((each.start, each.end) for each in lines))
    yield from case_numbers(reading)
    yield from police_numbers(reading)
    yield from court_references(reading)
    yield from own_references(reading, own)
    yield from emails(reading)
    yield from birth_dates(reading, dates, on)
    yield from _about_people(reading, dates)


def _about_people(reading: Reading, dates: Sequence[Day]) -> Iterator[Clue]:
    """Names and what else can only be judged beside them: dates, and details that add up."""
    named = [*titled_names(reading), *initials(reading)]
    full = list(full_names(reading))
    codes = list(postcodes(reading))
    certain = [each for each in full if is_certain(reading.text[each.start : each.end])]
    persons = [each for each in named if each.severity is not Severity.NOTE]
    yield from (*named, *full, *codes)
    yield from other_dates(dates, Spans((each.start, each.end) for each in (*persons, *certain)))
    yield from combinations(reading, dates, named, codes)


def _without_echoes(clues: Iterable[Clue]) -> Iterator[Clue]:
    """The clues in order, less each that lies within one that matters more.

    A stretch of details swallows nothing, and is swallowed by nothing.
    """
    reach = [0] * len(_RANKS)
    for clue in sorted(clues, key=lambda each: (each.start, -each.end, _rank(each))):
        rank = _rank(clue)
        if clue.code is not Code.QID:
            if any(end >= clue.end for end in reach[: rank + 1]):
                continue
            reach[rank] = clue.end
        yield clue


def _rank(clue: Clue) -> int:
    return _RANKS[clue.severity, clue.code]
