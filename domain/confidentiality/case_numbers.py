"""Identifiers that begin with letters: of prisons, of probation, of National Insurance."""

import re
from collections.abc import Iterator
from typing import Final

from domain.confidentiality.check_characters import is_insurance_prefix
from domain.confidentiality.findings import Clue, Code, Severity
from domain.confidentiality.reading import Reading
from domain.confidentiality.shapes import (
    END,
    WIDE_GAP,
    characters_of,
    digits_of,
    has_everyday_word,
    is_apart,
    is_shouted,
    words_like,
)

# One letter or two at the beginning of a token, and then a digit: prose has few of these.
_BEGINNING: Final = re.compile(rf"[A-Z](?<![A-Z0-9][A-Z])(?={WIDE_GAP}(?:[A-Z]{WIDE_GAP})?[0-9])")
_SIX: Final = rf"[0-9](?:{WIDE_GAP}[0-9]){{5}}"
_PRISON: Final = re.compile(
    rf"[A-Z]{WIDE_GAP}[0-9](?:{WIDE_GAP}[0-9]){{3}}{WIDE_GAP}[A-Z]{WIDE_GAP}[A-Z]{END}"
)
_INSURANCE: Final = re.compile(rf"[A-Z]{WIDE_GAP}[A-Z]{WIDE_GAP}{_SIX}{WIDE_GAP}[A-D]{END}")
_OLD_PRISON: Final = re.compile(rf"[A-Z]{WIDE_GAP}[A-Z]{WIDE_GAP}{_SIX}{END}")
_PROBATION: Final = re.compile(rf"[A-Z]{WIDE_GAP}{_SIX}{END}")
_ARTICLE: Final = re.compile(r"[ai]\s")
_YEAR: Final = re.compile(r"19|20")

_NEAR_PRISON: Final = words_like("PRISON", "NOMIS", "OFFENDER", "INMATE")
_NEAR_PROBATION: Final = words_like("PROBATION", r"CRNS?\b", "DELIUS", "NDELIUS", "SUPERVISION")
_NEAR_INSURANCE: Final = words_like("NATIONAL INSURANCE", r"NINO\b", r"NI (?:NUMBER|NO)\b")


def case_numbers(reading: Reading) -> Iterator[Clue]:
    """Every prison, probation and National Insurance number."""
    for found in _BEGINNING.finditer(reading.upper):
        yield from _certain(reading, found.start())
        yield from _suspicious(reading, found.start())


def _certain(reading: Reading, start: int) -> Iterator[Clue]:
    prison = _PRISON.match(reading.upper, start)
    if prison and _is_meant(reading, prison, _NEAR_PRISON, doubtful=_speaks_of_a_year(prison[0])):
        yield Clue(Code.PRI, Severity.BLOCK, *prison.span())
    insurance = _INSURANCE.match(reading.upper, start)
    if insurance and _is_meant(reading, insurance, _NEAR_INSURANCE, doubtful=False):
        is_strict = is_insurance_prefix(characters_of(insurance[0])[:2])
        yield Clue(Code.NIN, Severity.BLOCK if is_strict else Severity.WARN, *insurance.span())


def _suspicious(reading: Reading, start: int) -> Iterator[Clue]:
    """What addresses have too many of: there it is no reason for suspicion."""
    if reading.addresses.cover(start, start + 1):
        return
    old = _OLD_PRISON.match(reading.upper, start)
    # Prose on prisons is full of references such as "PQ 213294": a word nearby proves nothing.
    is_prose = old and is_apart(old[0]) and has_everyday_word(old[0])
    if old and not is_prose and _is_meant(reading, old, _NEAR_PRISON, doubtful=False):
        yield Clue(Code.PRI_OLD, Severity.WARN, *old.span())
    probation = _PROBATION.match(reading.upper, start)
    is_article = _ARTICLE.match(reading.text, start)
    if probation and _is_meant(reading, probation, _NEAR_PROBATION, doubtful=bool(is_article)):
        is_near = reading.is_near(_NEAR_PROBATION, *probation.span())
        yield Clue(Code.CRN, Severity.BLOCK if is_near else Severity.WARN, *probation.span())


def _speaks_of_a_year(text: str) -> bool:
    """Whether this may be prose such as "Annex A 2016 UK"."""
    return bool(_YEAR.match(digits_of(text))) and has_everyday_word(text)


def _is_meant(
    reading: Reading, found: re.Match[str], near: re.Pattern[str], *, doubtful: bool
) -> bool:
    """Whether this is an identifier, and not a number in prose with short words beside it.

    What stands together is one. What stands apart is one in capitals, unless
    it is doubtful; in small letters, or in doubt, it takes a word nearby.
    """
    start, end = found.span()
    text = reading.text[start:end]
    if not is_apart(text):
        return True
    if is_shouted(text) and not doubtful:
        return True
    is_prose = not is_shouted(text) and (doubtful or has_everyday_word(text))
    return not is_prose and reading.is_near(near, start, end)
