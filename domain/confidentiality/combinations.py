"""Details that are harmless one by one: three different kinds close together are not."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from domain.confidentiality.dates import Day
from domain.confidentiality.findings import Clue, Code, Kind, Severity
from domain.confidentiality.given_names import GIVEN_NAMES
from domain.confidentiality.places import AREAS, HOSPITALS, TOWNS
from domain.confidentiality.reading import Reading, Spans
from domain.confidentiality.shapes import words_like
from domain.confidentiality.word_lists import listed

CLOSE: Final = 300
SUSPICIOUS: Final = 3
TELLING: Final = 4

_NUMBERS: Final = {
    Kind.AGE: re.compile(r"[1-9](?<![A-Z0-9.][1-9])[0-9]{0,2}[ -]?YEARS?\b"),
    Kind.AUTHORITY: re.compile(
        r"(?:37\s?/\s?41|47\s?/\s?49|48\s?/\s?49|45A)(?![0-9A-Z])|5\(1\)\(A\)"
    ),
}
_WORDS: Final = {
    Kind.AGE: words_like(r"AGED?\s[1-9][0-9]{0,2}\b"),
    Kind.GENDER: words_like(r"MAN\b", r"WOMAN\b", r"MALE\b", r"FEMALE\b", r"TRANS\b"),
    Kind.OFFENCE: words_like(
        *(r"HOMICIDE\b", r"MURDER(?:ED)?\b", r"MANSLAUGHTER\b", r"ARSON\b", r"WOUND(?:ING|ED)\b"),
        *(r"RAPED?\b", r"ROBB(?:ERY|ED)\b", r"ASSAULT(?:ED)?\b", r"THREATS? TO KILL\b"),
        *(r"FALSE(?:LY)? IMPRISON(?:MENT|ED)\b", r"GRIEVOUS BODILY HARM\b", r"GBH\b"),
        r"KIDNAP(?:PED|PING)?\b",
    ),
    Kind.EVENT: words_like(
        *(r"ABSCONDED\b", r"ESCAPED\b"),
        *(rf"{each} ON\b" for each in ("RECALLED", "CONDITIONALLY DISCHARGED", "TRANSFERRED")),
    ),
}
_INSTITUTION: Final = re.compile(r"(?:Ward|Unit|Clinic|House|Lodge|Hospital)\b")
_BEFORE: Final = re.compile(r"(?<![A-Za-z])([A-Z][A-Za-z'-]*)\s\Z")
_ANY: Final = listed("A AN ANY EACH EVERY HER HIS MY NO ONE OUR THAT THE THEIR THIS WHICH YOUR")
_LONGEST_WORD: Final = 30
_CAPITALISED: Final = re.compile(r"[A-Z](?<![A-Za-z0-9'-][A-Z])[A-Za-z]+")
_DISTRICT: Final = re.compile(r"[A-Z](?<![A-Za-z0-9/][A-Z])[A-Z][1-9][0-9]?(?![A-Za-z0-9/])")
_DOTTED: Final = re.compile(r"[A-Z](?<![A-Za-z.][A-Z])\.\s?[A-Z]\.")


class Detail(NamedTuple):
    """One detail of a kind."""

    start: int
    end: int
    kind: Kind


def combinations(
    reading: Reading, dates: Sequence[Day], people: Iterable[Clue], postcodes: Iterable[Clue]
) -> Iterator[Clue]:
    """Stretches with three kinds of detail within 300 characters, or four."""
    institutions = list(_institutions(reading))
    named = Spans((each.start, each.end) for each in institutions)
    details = sorted(
        [
            *_from_patterns(reading),
            *institutions,
            *_capitalised(reading, named),
            *(Detail(day.start, day.end, Kind.DATE) for day in dates),
            *(Detail(each.start, each.end, Kind.PERSON) for each in people),
            *(Detail(each.start, each.end, Kind.PLACE) for each in postcodes),
        ]
    )
    yield from _together(details)


def _together(details: Sequence[Detail]) -> Iterator[Clue]:
    """The details in order, with a window over them; windows that overlap are one stretch."""
    window: deque[Detail] = deque()
    counts: Counter[Kind] = Counter()
    stretch: Clue | None = None
    for detail in details:
        window.append(detail)
        counts[detail.kind] += 1
        while detail.end - window[0].start > CLOSE:
            gone = window.popleft()
            counts[gone.kind] -= 1
        kinds = tuple(kind for kind in Kind if counts[kind] > 0)
        if len(kinds) < SUSPICIOUS:
            continue
        found = _stretch(window[0].start, detail.end, kinds)
        if stretch and found.start < stretch.end:
            found = _joined(stretch, found)
        elif stretch:
            yield stretch
        stretch = found
    if stretch:
        yield stretch


def _stretch(start: int, end: int, kinds: tuple[Kind, ...]) -> Clue:
    severity = Severity.BLOCK if len(kinds) >= TELLING else Severity.WARN
    return Clue(Code.QID, severity, start, end, kinds)


def _joined(one: Clue, other: Clue) -> Clue:
    """Both as one, told by the window that has more kinds."""
    more = one if len(one.kinds) >= len(other.kinds) else other
    return _stretch(one.start, max(one.end, other.end), more.kinds)


def _from_patterns(reading: Reading) -> Iterator[Detail]:
    for kind, pattern in (*_NUMBERS.items(), *_WORDS.items()):
        for found in pattern.finditer(reading.upper):
            yield Detail(*found.span(), kind)
    for found in _DOTTED.finditer(reading.text):
        yield Detail(*found.span(), Kind.PERSON)
    for found in _DISTRICT.finditer(reading.text):
        if found[0][:2] in AREAS:
            yield Detail(*found.span(), Kind.PLACE)


def _institutions(reading: Reading) -> Iterator[Detail]:
    """Wards, units and hospitals with a name of their own before the word."""
    for found in _INSTITUTION.finditer(reading.text):
        first = max(0, found.start() - _LONGEST_WORD)
        before = _BEFORE.search(reading.text[first : found.start()])
        if before and before[1].upper() not in _ANY:
            kind = Kind.HOSPITAL if found[0] == "Hospital" else Kind.UNIT
            yield Detail(first + before.start(1), found.end(), kind)


def _capitalised(reading: Reading, institutions: Spans) -> Iterator[Detail]:
    """Towns, hospitals and first names, each one capitalised word with a meaning of its own."""
    for found in _CAPITALISED.finditer(reading.text):
        word = found[0].upper()
        if institutions.cover(*found.span()):
            continue
        if word in HOSPITALS:
            yield Detail(*found.span(), Kind.HOSPITAL)
        elif word in TOWNS:
            yield Detail(*found.span(), Kind.PLACE)
        elif word in GIVEN_NAMES:
            yield Detail(*found.span(), Kind.PERSON)
