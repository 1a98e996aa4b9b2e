"""Identifiers that nobody has, hidden in documents that say nothing, in every way people write.

The check characters are worked out here by other sums than those of the guard.
"""

import random
import string
from collections.abc import Callable
from dataclasses import dataclass

from domain.confidentiality import Code

_POLICE = "ZABCDEFGHJKLMNPQRTUVWXY"
# Words of two letters that prose is full of: written apart, these are a known gap.
_EVERYDAY = frozenset(
    """
    AM AN AS AT BE BY CM CP DO EU GB GO HC HE HL HZ IF IN IS IT KB KG KM MB ME ML MM MY NO OF OH OK
    ON OR PM PQ SI SO SS ST ND RD TB TH TO UK UP US VS WE
    """.split()  # noqa: SIM905 a list of words is read as prose is
)
_INNOCENT = (
    "Leave is permission to be away from the hospital.",
    "The clinical team may ask for recall; it cannot order it.",
    "Sections 37/41 and 47/49 differ in who makes the order.",
    "In 2015 there were 7171 people under restrictions, 4690 of them in hospital.",
    "The report is due after 4 weeks, and then every 3 months.",
    "Read the guidance of 14 November 2016 with the later notice.",
    "A full transfer is a separate step with a consent of its own.",
    "Supervisors write about progress, and say what they rest it on.",
    "See [2016] UKSC 46 and the Act of 1983, Part 3.",
    "The form is T111; use page 2 for anything else.",
)


@dataclass(frozen=True)
class Planted:
    """A document with one identifier in it, and where that stands."""

    text: str
    code: Code
    start: int
    end: int
    disguise: str

    @property
    def hidden(self) -> str:
        """The identifier as it stands in the document."""
        return self.text[self.start : self.end]


def planted(number: int) -> Planted:
    """The document of this number: the same one each time."""
    chance = random.Random(number)  # noqa: S311 a document for a test, and no secret
    code = chance.choice(list(IDENTIFIERS))
    disguise = chance.choice(list(DISGUISES))
    hidden = DISGUISES[disguise](IDENTIFIERS[code](chance), chance)
    before = " ".join(chance.choices(_INNOCENT, k=chance.randint(0, 6)))
    after = " ".join(chance.choices(_INNOCENT, k=chance.randint(0, 6)))
    joint = chance.choice([" ", "\n", ": ", " (", "\n\n- ", "\n> "])
    end = chance.choice([" ", "\n", ". ", ", ", ") ", "; "])
    start = len(before) + len(joint)
    text = f"{before}{joint}{hidden}{end}{after}"
    return Planted(text, code, start, start + len(hidden), disguise)


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choices(string.digits, k=count))


def _letters(chance: random.Random, count: int) -> str:
    return "".join(chance.choices(string.ascii_uppercase, k=count))


def _nhs(chance: random.Random) -> str:
    # The range that begins with 999 is never given to anybody.
    while True:
        number = "999" + _digits(chance, 7)
        total = sum(
            int(digit) * weight for digit, weight in zip(number, range(10, 0, -1), strict=True)
        )
        if total % 11 == 0 and len(set(number)) > 1:
            return number


def _prison(chance: random.Random) -> str:
    while True:
        number = f"{_letters(chance, 1)}{_digits(chance, 4)}{_letters(chance, 2)}"
        if number[1:3] not in ("19", "20") or number[-2:] not in _EVERYDAY:
            return number


def _old_prison(chance: random.Random) -> str:
    while True:
        number = _letters(chance, 2) + _digits(chance, 6)
        if number[:2] not in _EVERYDAY:
            return number


def _police_letter(year: str, serial: str) -> str:
    return _POLICE[int(year + serial) % 23]


def _computer(chance: random.Random) -> str:
    year, serial = _digits(chance, 2), f"9{_digits(chance, 6)}"
    century = chance.choice(["", "19", "20"])
    return f"{century}{year}/{serial}{_police_letter(year, serial)}"


def _records(chance: random.Random) -> str:
    year, serial = _digits(chance, 2), f"99{_digits(chance, 4)}"
    return f"{serial}/{year}{_police_letter(year, serial)}"


def _short_file(chance: random.Random) -> str:
    year, serial = _digits(chance, 2), str(chance.randint(10000, 99999))
    return f"SF{year}/{serial}{_police_letter(year, serial)}"


def _probation(chance: random.Random) -> str:
    return _letters(chance, 1) + _digits(chance, 6)


def _insurance(chance: random.Random) -> str:
    return f"{_letters(chance, 2)}{_digits(chance, 6)}{chance.choice('ABCD')}"


IDENTIFIERS: dict[Code, Callable[[random.Random], str]] = {
    Code.NHS: _nhs,
    Code.PRI: _prison,
    Code.PRI_OLD: _old_prison,
    Code.PNC: _computer,
    Code.CRO: _records,
    Code.SF: _short_file,
    Code.CRN: _probation,
    Code.NIN: _insurance,
}


def _groups(text: str, joint: str) -> str:
    """Letters and digits in groups, as forms have them."""
    if text.isdigit():
        return joint.join([text[:3], text[3:6], text[6:]])
    if "/" in text:
        return text.replace("/", f"{joint}/{joint}") if joint == " " else text
    edges = [i for i in range(1, len(text)) if text[i].isdigit() != text[i - 1].isdigit()]
    parts = [text[a:b] for a, b in zip([0, *edges], [*edges, len(text)], strict=True)]
    return joint.join(parts)


def _split(text: str, chance: random.Random, joint: str) -> str:
    place = chance.randint(1, len(text) - 1)
    return f"{text[:place]}{joint}{text[place:]}"


def _sprinkled(text: str, chance: random.Random, characters: str) -> str:
    return "".join(each + chance.choice(["", "", *characters]) for each in text[:-1]) + text[-1]


def _wide(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


def _other_digits(text: str, zero: str) -> str:
    return "".join(chr(ord(zero) + int(each)) if each.isdigit() else each for each in text)


_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e"

DISGUISES: dict[str, Callable[[str, random.Random], str]] = {
    "plain": lambda text, _: text,
    "small letters": lambda text, _: text.lower(),
    "in groups": lambda text, _: _groups(text, " "),
    "in groups with no-break spaces": lambda text, _: _groups(text, "\u00a0"),
    "in groups with hyphens": lambda text, _: _groups(text, "-"),
    "in groups with dashes": lambda text, _: _groups(text, "\u2013"),
    "spaced": lambda text, _: " ".join(text),
    "split by a blank": lambda text, chance: _split(text, chance, " "),
    "split over lines": lambda text, chance: _split(text, chance, "\n"),
    "split over Windows lines": lambda text, chance: _split(text, chance, "\r\n"),
    "split over lines, indented": lambda text, chance: _split(text, chance, " \n      "),
    "full-width": lambda text, _: _wide(text),
    "full-width in groups": lambda text, _: _wide(_groups(text, " ")).replace(" ", "\u3000"),
    "zero-width": lambda text, chance: _sprinkled(text, chance, _INVISIBLE),
    "full-width, zero-width, split": lambda text, chance: _sprinkled(
        _split(_wide(text), chance, "\n"), chance, "\u200b"
    ),
    "Arabic digits": lambda text, _: _other_digits(text, "\u0660"),
    "bold digits": lambda text, _: _other_digits(text, "\U0001d7ce"),
}
