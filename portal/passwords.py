"""Passwords: hashed with Argon2id, judged by length and by being easy to guess.

There are no rules of composition: they make passwords worse. What is refused is
what somebody would try first: common words, runs of keys, repetition, the names
of this service and of the person.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from configparser import ConfigParser
from enum import StrEnum
from importlib import resources

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 128
# Characters that must be left when everything easy to guess has been taken out.
_LEFT_AT_LEAST = 6
# Without l, o, 0, 1 and their like, since a first password is read from a screen or paper.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"

_KEY_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "qazwsxedcrfvtgbyhnujmik",
    "!@#$%^&*()",
    '!"£$%^&*()',
)
_IN_DISGUISE = str.maketrans("0134578@$!£+", "oleastbasilt")


def _guessable_words() -> dict[str, frozenset[str]]:
    """The words of `guessable-words.txt`, by the heading that they stand under."""
    listed = ConfigParser(allow_no_value=True, delimiters=("=",))
    listed.read_string(resources.files("portal").joinpath("guessable-words.txt").read_text("utf-8"))
    return {name: frozenset(" ".join(listed[name]).split()) for name in listed.sections()}


_COMMON, _CONTEXT = (_guessable_words()[name] for name in ("common", "context"))


class Objection(StrEnum):
    """Why a password is not taken."""

    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    EASY_TO_GUESS = "easy-to-guess"


class Passwords:
    """Hashes and checks passwords with one profile of Argon2id."""

    def __init__(self, *, cheap: bool = False) -> None:
        """Take OWASP's minimum (19 MiB, two passes), or for tests next to no work."""
        passes, kibibytes = (1, 8) if cheap else (2, 19 * 1024)
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=kibibytes, parallelism=1)
        # Nobody's password, for accounts that do not exist: the answer takes as long.
        self._nobody = self._hasher.hash(secrets.token_urlsafe(32))

    def hash(self, password: str) -> str:
        """What is stored: algorithm, work, salt and hash in one line."""
        return self._hasher.hash(as_typed_anywhere(password))

    def matches(self, stored: str | None, password: str) -> bool:
        """Whether this is the password. Without an account (None) as slow, and never."""
        try:
            self._hasher.verify(stored or self._nobody, as_typed_anywhere(password))
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None

    def needs_rehash(self, stored: str) -> bool:
        """Whether the hash was made with other work than is asked for now."""
        return self._hasher.check_needs_rehash(stored)


def as_typed_anywhere(password: str) -> str:
    """The same characters for the same keys: keyboards differ in how they compose accents."""
    return unicodedata.normalize("NFC", password)


def new_password() -> str:
    """A random password to hand over once: four groups of four, 79 bits."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))


def objection(password: str, about: Iterable[str] = ()) -> Objection | None:
    """Why the password is not taken, or None. `about` is the person's name and address."""
    typed = as_typed_anywhere(password)
    if len(typed) < SHORTEST:
        return Objection.TOO_SHORT
    if len(typed) > LONGEST:
        return Objection.TOO_LONG
    folded = unicodedata.normalize("NFKC", typed).casefold()
    known = _CONTEXT | _words_about(about)
    left = min(_hard_part(form, known) for form in (folded, folded.translate(_IN_DISGUISE)))
    return Objection.EASY_TO_GUESS if left < _LEFT_AT_LEAST else None


def _words_about(texts: Iterable[str]) -> frozenset[str]:
    words = (word for text in texts for word in re.split(r"[\W_\d]+", text.casefold()))
    return frozenset(word for word in words if len(word) > 2)


def _hard_part(text: str, known: frozenset[str]) -> int:
    """How many characters would have to be guessed.

    Words, runs of keys, years and repetition count nothing. Common words do from
    the third on, since three random words are good advice: each as three characters.
    """
    text, _ = _without_words(text, known)
    text, common = _without_words(text, _COMMON)
    text = re.sub(r"(19|20)\d\d", " ", _without_runs(text))
    text = re.sub(r"(.{1,16}?)\1+", r"\1", text)
    return len(re.sub(r"[\W_]+", "", text)) + 3 * max(0, common - 2)


def _without_words(text: str, words: frozenset[str]) -> tuple[str, int]:
    """The text without these words, and how many different ones were in it."""
    found = 0
    for word in sorted(words, key=lambda each: (-len(each), each)):
        found += word in text
        text = text.replace(word, " ")
    return text, found


def _without_runs(text: str) -> str:
    """The text without any four or more keys in a row, forwards or backwards."""
    for row in _KEY_RUNS:
        for keys in (row, row[::-1]):
            for length in range(len(keys), 3, -1):
                for start in range(len(keys) - length + 1):
                    text = text.replace(keys[start : start + length], " ")
    return text
