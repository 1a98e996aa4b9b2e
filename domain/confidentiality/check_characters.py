"""The sums by which numbered identifiers check themselves."""

from operator import mul
from typing import Final

# The letters of the police, in the order of remainders by 23: I, O and S are not used.
_POLICE_LETTERS: Final = "ZABCDEFGHJKLMNPQRTUVWXY"
_WEIGHTS: Final = range(10, 1, -1)
_NEVER_FIRST: Final = frozenset("DFIQUV")
_NEVER_SECOND: Final = frozenset("DFIQUVO")
_NEVER_ISSUED: Final = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits pass the sum of an NHS number and are not one digit ten times.

    One in eleven of all ten-digit numbers passes, so this proves little alone.
    """
    if len(set(digits)) == 1:
        return False
    total: int = sum(map(mul, map(int, digits[:9]), _WEIGHTS))
    # 10 comes out for stems that are never issued; no last digit equals it.
    return (11 - total % 11) % 11 == int(digits[9])


def is_police_number(year: str, serial: str, letter: str, padding: int) -> bool:
    """Whether the letter is right for a year (its last two digits count) and a serial number."""
    number = int(year[-2:] + serial.zfill(padding))
    return _POLICE_LETTERS[number % 23] == letter


def is_insurance_prefix(letters: str) -> bool:
    """Whether two capitals can begin a National Insurance number that was ever issued."""
    first, second = letters[0], letters[1]
    return not (first in _NEVER_FIRST or second in _NEVER_SECOND or letters in _NEVER_ISSUED)
