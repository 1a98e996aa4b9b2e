"""How dates, lists and lengths are written for people."""

from collections.abc import Sequence
from datetime import date

# Not from the locale of the machine, on which a page must not depend.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def date_in_words(day: date) -> str:
    """A date as "21 November 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def count_of(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 page", "2 pages"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def in_a_row(words: Sequence[str]) -> str:
    """A list in a sentence: "a, b and c"."""
    return " and ".join([part for part in (", ".join(words[:-1]), *words[-1:]) if part])
