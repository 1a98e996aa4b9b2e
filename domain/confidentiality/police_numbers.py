"""Numbers of the Police National Computer and of the Criminal Records Office."""

import re
from collections.abc import Iterator
from typing import Final

from domain.confidentiality.check_characters import is_police_number
from domain.confidentiality.findings import Clue, Code, Severity
from domain.confidentiality.reading import Reading
from domain.confidentiality.shapes import END, GAP, digits_of, is_apart, is_shouted, words_like

_YEAR: Final = rf"((?:(?:1{GAP}9|2{GAP}0){GAP})?[0-9]{GAP}[0-9])"
_SHORT_YEAR: Final = rf"([0-9]{GAP}[0-9])"
_LETTER: Final = rf"{GAP}([A-Z]){END}"
# The name of a file can have no slash: other signs will do where so many digits stand together.
_SLASH: Final = rf"{GAP}[/\\]{GAP}"
_BEFORE_SERIAL: Final = rf"(?:{_SLASH}|[_-](?=[0-9]{{5}}))"
_AFTER_SERIAL: Final = rf"(?:{_SLASH}|(?<=[0-9]{{5}})[_-](?=[0-9]{{2}}[A-Z]))"
_SERIAL: Final = rf"([0-9](?:{GAP}[0-9]){{0,6}})"
# A digit, or the SF of a short file, where no token and no date goes on.
_BEGINNING: Final = re.compile(rf"[0-9](?<![A-Z0-9/][0-9])|S(?<![A-Z0-9]S)(?={GAP}F{GAP}[0-9])")
_COMPUTER: Final = re.compile(rf"{_YEAR}{_BEFORE_SERIAL}{_SERIAL}{_LETTER}")
_RECORDS: Final = re.compile(rf"([0-9](?:{GAP}[0-9]){{0,5}}){_AFTER_SERIAL}{_SHORT_YEAR}{_LETTER}")
_SHORT_FILE: Final = re.compile(rf"S{GAP}F{GAP}{_SHORT_YEAR}{_BEFORE_SERIAL}{_SERIAL}{_LETTER}")
_NEAR: Final = words_like("PNC", r"CRO\b", "POLICE", "CRIMINAL RECORD")
# So many digits, with the right letter, are no accident even if they are written apart.
_TELLING: Final = 5


def police_numbers(reading: Reading) -> Iterator[Clue]:
    """Every PNC, CRO and short-file number whose letter is right."""
    text = reading.upper
    for beginning in _BEGINNING.finditer(text):
        start = beginning.start()
        # The programs of the prison service do not pad the serial of a short file; nor do we.
        if found := _SHORT_FILE.match(text, start):
            yield from _checked(reading, Code.SF, found, found.groups(), 0)
        if found := _COMPUTER.match(text, start):
            yield from _checked(reading, Code.PNC, found, found.groups(), 7)
        if found := _RECORDS.match(text, start):
            serial, year, letter = found.groups()
            yield from _checked(reading, Code.CRO, found, (year, serial, letter), 6)


def _checked(
    reading: Reading, code: Code, found: re.Match[str], parts: tuple[str, ...], padding: int
) -> Iterator[Clue]:
    year, serial, letter = parts
    if not is_police_number(digits_of(year), digits_of(serial), letter, padding):
        return
    text = reading.text[found.start() : found.end()]
    plain = not is_apart(re.sub(r"[/\\]", "", text))
    telling = len(digits_of(serial)) >= _TELLING and is_shouted(text)
    if plain or telling or reading.is_near(_NEAR, *found.span()):
        yield Clue(code, Severity.BLOCK, *found.span())
