"""How the department counts time: in working days, and in calendar months.

A working day is Monday to Friday and not a bank holiday of England and Wales.
The holidays are authored (`content/bank-holidays.yaml`) and passed in.
"""

from calendar import monthrange
from datetime import date, timedelta

SATURDAY = 5
DAY = timedelta(days=1)


def is_working_day(day: date, holidays: frozenset[date]) -> bool:
    """Whether the department works on this day."""
    return day.weekday() < SATURDAY and day not in holidays


def add_working_days(start: date, count: int, holidays: frozenset[date]) -> date:
    """The day on which `count` working days after `start` have come.

    The start itself is not counted, so that a period is never shorter than it
    says. With a count of 0 the answer is the start, even at a weekend.
    """
    if count < 0:
        raise ValueError("working days are counted forwards only")
    day = start
    while count:
        day += DAY
        count -= is_working_day(day, holidays)
    return day


def working_days_between(start: date, end: date, holidays: frozenset[date]) -> int:
    """How many working days come after `start`, up to and including `end`.

    Where the end lies before the start the number is negative: what was due
    on Friday is -1 on Monday.
    """
    if end < start:
        return -working_days_between(end, start, holidays)
    off = sum(start < day <= end and day.weekday() < SATURDAY for day in holidays)
    return _weekdays_up_to(end) - _weekdays_up_to(start) - off


def _weekdays_up_to(day: date) -> int:
    # Day 1 of the calendar was a Monday, so whole weeks can be multiplied.
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * 5 + min(rest, 5)


def add_months(day: date, months: int) -> date:
    """The same day of the month, so many calendar months later.

    Where that month is too short, its last day: 31 August and six months is
    28 February, or 29 February in a leap year.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_valid_day(first_day: date, months: int) -> date:
    """The last day of so many calendar months, of which `first_day` is the first.

    It is the day before the same day of the month: from 12 February, 11
    February. Where the last month has no such day it is the last of that month:
    from 29 February 2024, 28 February 2025.
    """
    end = add_months(first_day, months)
    return end - DAY if end.day == first_day.day else end
