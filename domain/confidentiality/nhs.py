"""NHS numbers: ten digits with a check digit, however they are grouped."""

import re
from collections.abc import Iterator
from typing import Final

from domain.confidentiality.check_characters import is_nhs_number
from domain.confidentiality.findings import Clue, Code, Severity
from domain.confidentiality.reading import Reading, Spans
from domain.confidentiality.shapes import GAP, digits_of, words_like

_CLOSE: Final = r"[ \t.-]{0,3}(?:\r?\n[ \t>#]{0,30})?"
_TEN: Final = re.compile(rf"[0-9](?<![0-9][0-9])(?=((?:{GAP}[0-9]){{9}})(?![0-9A-Z]))")
_THREE_THREE_FOUR: Final = re.compile(
    r"[0-9](?<![0-9][0-9])(?=([0-9]{2}[^0-9A-Z]{1,4}[0-9]{3}[^0-9A-Z]{1,4}[0-9]{4})(?![0-9A-Z]))"
)
_GROUPED: Final = re.compile(rf"[0-9]{{3}}{_CLOSE}[0-9]{{3}}{_CLOSE}[0-9]{{4}}")
_REGISTERS: Final = ("HOSPITAL", "HEALTH", "CHI")
_NEAR: Final = words_like(
    "NHS", r"PATIENTS?\b", "SERVICE[ -]USER", *(rf"{each}[ -]N(?:O|UMBER)\b" for each in _REGISTERS)
)
_BOOK: Final = words_like(r"ISBN\b")
# What people glue to a number. Any other letter before it makes it part of a longer token.
_GLUED: Final = re.compile(r"(?<![A-Z0-9])(?:NHS)?(?:NO|NUM|NUMBER|PATIENT)?\Z")
_LONGEST_GLUED: Final = 20


def nhs_numbers(reading: Reading, dates: Spans, telephones: Spans) -> Iterator[Clue]:
    """Every NHS number, unless its digits belong to a date or to a longer telephone number."""
    spans = {
        (found.start(), found.end(1))
        for pattern in (_TEN, _THREE_THREE_FOUR)
        for found in pattern.finditer(reading.upper)
        if is_nhs_number(digits_of(found[0] + found[1]))
    }
    for start, end in sorted(spans):
        if telephones.cover(start - 1, end) or _is_moment(reading.upper[start:end], dates, start):
            continue
        clue = _judge(reading, start, end)
        if clue:
            yield clue


def _is_moment(text: str, dates: Spans, start: int) -> bool:
    """Whether this is a date with hyphens and the hour after it."""
    return "-" in text and len(text.split()) > 1 and dates.touch(start, start + len(text))


def _judge(reading: Reading, start: int, end: int) -> Clue | None:
    text = reading.upper[start:end]
    grouped = bool(_GROUPED.fullmatch(text)) and not text.isdigit()
    if not _GLUED.search(reading.upper[max(0, start - _LONGEST_GLUED) : start]):
        return None
    if not grouped and _goes_on(reading.upper, start, end):
        return None
    if reading.is_near(_BOOK, start, start, within=_LONGEST_GLUED):
        return Clue(Code.NHS, Severity.NOTE, start, end)
    is_near = reading.is_near(_NEAR, start, end)
    if reading.addresses.cover(start, end):
        # Addresses are full of numbers; one that speaks of patients may hold one of theirs.
        return Clue(Code.NHS, Severity.WARN, start, end) if is_near else None
    return Clue(Code.NHS, Severity.BLOCK if grouped or is_near else Severity.WARN, start, end)


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether hyphens tie the digits to more digits: then they are part of a longer number."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (before[-1:] == "-" and before[:1].isdigit()) or (
        after[:1] == "-" and after[1:].isdigit()
    )
