"""From bytes to text: UTF-8 of a bounded size, with no characters that cannot be seen."""

import codecs
import unicodedata
from collections.abc import Iterator
from typing import Final

from domain.problems import Problem

LARGEST_FILE: Final = 1_000_000

# These turn the reading direction round or hide words: what a reviewer sees
# would differ from what a reader gets.
_INVISIBLE: Final = frozenset(
    "\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff"
)


def decode(path: str, data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file with plain line ends, and what is wrong with its characters.

    A byte order mark and Windows line ends are put right without a word.
    """
    if len(data) > LARGEST_FILE:
        message = f"this file is larger than {LARGEST_FILE:,} bytes: split it"
        return "", (Problem(path, 1, message),)
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as refused:
        line = data.count(b"\n", 0, refused.start) + 1
        return "", (Problem(path, line, "this line is not UTF-8: save the file as UTF-8"),)
    text = text.replace("\r\n", "\n")
    return text, tuple(_unseen(path, text))


def _unseen(path: str, text: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), start=1):
        found = next((each for each in line if _is_unseen(each)), None)
        if found is not None:
            name = unicodedata.name(found, "control character").lower()
            message = f"an invisible character stands here (U+{ord(found):04X}, {name}): delete it"
            yield Problem(path, number, message)


def _is_unseen(character: str) -> bool:
    if character in " \t" or "!" <= character <= "~":
        return False
    return unicodedata.category(character) == "Cc" or character in _INVISIBLE
