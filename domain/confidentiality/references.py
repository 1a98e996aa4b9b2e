"""References of courts and tribunals, published citations, and references of our own."""

import re
from collections.abc import Iterator
from typing import Final

from domain.confidentiality.findings import Clue, Code, Severity
from domain.confidentiality.reading import Reading, Spans
from domain.confidentiality.shapes import END, WIDE_GAP

# Upper Tribunal and Administrative Court, as they were and as they are written now.
_COURT: Final = re.compile(
    r"(?<![A-Z0-9])(?:(?:HM|CO)\s?/\s?[0-9]{1,7}\s?/\s?(?:[0-9]{1,7}\s?/\s?)?[0-9]{4}"
    r"|UA-[0-9]{4}-[0-9]{6}(?:-[A-Z]{1,4})?|AC-[0-9]{4}-[A-Z]{3}-[0-9]{6})(?![A-Z0-9])"
)
_CITATION: Final = re.compile(
    r"\[(?:19|20)[0-9]{2}\]\s(?:UKSC|UKHL|UKPC|UKUT|UKFTT|EWCA|EWHC|EWCOP|MHLO)\b"
)
# What stands for itself in a shape, apart from the two signs and what joins them.
_SIGNS: Final = {"#": "[0-9]", "@": "[A-Z]"}
_FEWEST_DIGITS: Final = 4


class BadShape(ValueError):
    """A shape that would find too much; the message says what to write instead."""


def court_references(reading: Reading) -> Iterator[Clue]:
    """References to cases of courts; only noted beside the citation of a decision."""
    citations = Spans(each.span() for each in _CITATION.finditer(reading.upper))
    for found in _COURT.finditer(reading.upper):
        published = citations.near(*found.span())
        yield Clue(Code.TRI, Severity.NOTE if published else Severity.WARN, *found.span())


def compile_shape(shape: str) -> re.Pattern[str]:
    """The pattern of our own references, from a shape such as `XYZ/######`.

    `#` is a digit, `@` a letter, any other letter or digit itself; what joins
    them may be there or not. A shape and no regular expression, so that no
    setting can make the guard slow.
    """
    signs = [each for each in shape.upper() if each in _SIGNS or each.isalnum()]
    if signs.count("#") < _FEWEST_DIGITS or not shape.isascii():
        raise BadShape(
            f"the shape of a reference needs {_FEWEST_DIGITS} digits or more, each written as #"
        )
    gap = rf"(?:[/\\]|{WIDE_GAP}(?:[/\\]{WIDE_GAP})?)"
    return re.compile(r"(?<![A-Z0-9])" + gap.join(_SIGNS.get(each, each) for each in signs) + END)


def own_references(reading: Reading, shape: re.Pattern[str] | None) -> Iterator[Clue]:
    """References of the casework section, where an installation says how they look."""
    for found in shape.finditer(reading.upper) if shape else ():
        yield Clue(Code.MHC, Severity.BLOCK, *found.span())
