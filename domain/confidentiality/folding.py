"""What a character stands for, so that doubles and invisible ones hide nothing."""

import unicodedata
from collections.abc import Iterable
from typing import Final

_SPACE_CONTROLS: Final = frozenset("\t\n\r\v\f")
_LINE_ENDS: Final = frozenset("\u0085\u2028\u2029")
# Letters and signs that take no room, although Unicode does not call them format characters.
_INVISIBLE: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_DROPPED: Final = frozenset({"Cc", "Cf", "Cs", "Mn", "Me"})
_SLASHES: Final = frozenset("\u2044\u2215\u29f8")
_HYPHENS: Final = frozenset("\u2212\u2043\u02d7")
_QUOTES: Final = frozenset("\u2018\u2019\u02bc\u2032")
# Cyrillic and Greek letters that nobody can tell from Latin ones.
_LOOK_ALIKES: Final = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеорсухѕіјΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "ABESIJKMHOPCTYXaeopcyxsijABEZHIKMNOPTYX",
        strict=True,
    )
)


def fold(character: str) -> str:
    """What a character becomes: itself, another one, several, or nothing.

    Digits of every script become plain digits, dashes hyphens, accents fall off,
    and what takes no room on the page goes away.
    """
    if character.isascii():
        printable = " " <= character <= "~" or character in _SPACE_CONTROLS
        return character if printable else ""
    decomposition = unicodedata.decomposition(character)
    folded = "".join(_plain(each) for each in unicodedata.normalize("NFKD", character))
    if decomposition.startswith(("<super>", "<sub>")):
        # A note's mark behind a number is no digit of it.
        return f" {folded}"
    # Letters of other scripts stay in one piece: nothing is looked for in them.
    return folded if folded == "" or folded.isascii() else character


def foldings(text: str) -> dict[int, str]:
    """What each character of a text becomes, as `str.translate` takes it."""
    return {ord(character): fold(character) for character in set(text)}


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if character in _LINE_ENDS:
        return "\n"
    if category in _DROPPED or character in _INVISIBLE:
        return character if character in _SPACE_CONTROLS else ""
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if category == "Pd" or character in _HYPHENS:
        return "-"
    return _sign(character, category)


def _sign(character: str, category: str) -> str:
    if category.startswith("Z"):
        return " "
    if character in _SLASHES:
        return "/"
    if character in _QUOTES:
        return "'"
    return _LOOK_ALIKES.get(character, character)


def upper(text: str) -> str:
    """Capitals, character for character, so that places stay the same."""
    capitals = text.upper()
    return capitals if len(capitals) == len(text) else "".join(_one_capital(text))


def _one_capital(text: str) -> Iterable[str]:
    return (each.upper() if len(each.upper()) == 1 else each for each in text)
