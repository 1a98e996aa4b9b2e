"""What the guard finds: a kind, how much it matters, where it is, and words that repeat nothing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

RULES_VERSION: Final = "1"
"""Recorded with every outcome. To be raised with every change of what is found."""


class Severity(StrEnum):
    """What follows: a block cannot be saved, a warning needs an edit or a reason, a note passes."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


class Code(StrEnum):
    """Everything that is looked for. The order decides between two that say the same of a text."""

    NHS = "NHS"
    PRI = "PRI"
    PNC = "PNC"
    CRO = "CRO"
    SF = "SF"
    NIN = "NIN"
    MHC = "MHC"
    DOB = "DOB"
    NAM_2 = "NAM-2"
    CRN = "CRN"
    PRI_OLD = "PRI-old"
    TRI = "TRI"
    EML = "EML"
    TEL = "TEL"
    PCD = "PCD"
    NAM_1 = "NAM-1"
    DAT = "DAT"
    NAM_3 = "NAM-3"
    QID = "QID"


class Kind(StrEnum):
    """Details that are harmless one by one, and together can tell who somebody is."""

    AGE = "age"
    GENDER = "gender"
    UNIT = "ward or unit"
    HOSPITAL = "hospital"
    PLACE = "place"
    OFFENCE = "offence"
    AUTHORITY = "section of the Act"
    EVENT = "rare event"
    DATE = "full date"
    PERSON = "name or initials"


class Clue(NamedTuple):
    """A finding whose place is still that in the normalised text."""

    code: Code
    severity: Severity
    start: int
    end: int
    kinds: tuple[Kind, ...] = ()


_LOOKS: Final = {
    Code.NHS: "looks like an NHS number",
    Code.PRI: "looks like a prison number",
    Code.PNC: "looks like a Police National Computer number",
    Code.CRO: "looks like a criminal record number",
    Code.SF: "looks like a short-file criminal record number",
    Code.NIN: "looks like a National Insurance number",
    Code.MHC: "looks like an MHCS reference",
    Code.DOB: "looks like a date of birth",
    Code.NAM_2: "looks like the initials of a patient",
    Code.CRN: "looks like a probation case number",
    Code.PRI_OLD: "looks like an earlier prison number",
    Code.TRI: "looks like a reference of a court or tribunal",
    Code.EML: "looks like an email address",
    Code.TEL: "looks like a telephone number",
    Code.PCD: "looks like a postcode",
    Code.NAM_1: "looks like somebody's name with a title",
    Code.DAT: "looks like a full date",
    Code.NAM_3: "looks like somebody's name",
    Code.QID: "holds details that together could tell who somebody is",
}
_ORDINALS: Final = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)


@dataclass(frozen=True)
class Finding:
    """Something that should not be in a text. Positions are those of the text as it was given.

    It never holds the text itself: identifiers are so few that even a hash
    of one could be turned back.
    """

    code: Code
    severity: Severity
    start: int
    end: int
    line: int
    kinds: tuple[Kind, ...] = ()

    @property
    def length(self) -> int:
        """How many characters it takes up."""
        return self.end - self.start

    @property
    def looks(self) -> str:
        """What it looks like, as the rest of a sentence that begins with "this"."""
        told = _LOOKS[self.code]
        return f"{told} ({', '.join(self.kinds)})" if self.kinds else told

    @property
    def words(self) -> str:
        """What it looks like and where, for the author."""
        if self.line <= len(_ORDINALS):
            where = f"{_ORDINALS[self.line - 1]} line"
        else:
            where = f"line {self.line}"
        return f"{self.looks}, {self.length} characters, {where}"
