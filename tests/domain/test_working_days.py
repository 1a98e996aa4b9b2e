"""Working days and calendar months."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.working_days import (
    add_months,
    add_working_days,
    is_working_day,
    last_valid_day,
    working_days_between,
)
from tests.builders.cases import named_rows

HOLIDAYS = frozenset(
    date.fromisoformat(day)
    for day in ("2026-12-25", "2026-12-28", "2027-01-01", "2027-03-26", "2027-03-29")
)
# The holidays of 2026 before Christmas, for a count over the entire year.
EARLIER_IN_2026 = frozenset(
    date.fromisoformat(day)
    for day in ("2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31")
)
DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))
HOLIDAY_SETS = st.frozensets(st.dates(date(2019, 12, 1), date(2033, 6, 1)), max_size=60)
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(("start", "count", "expected"), named_rows("working-days.txt"))
def test_so_many_working_days_come_to(start: str, count: str, expected: str) -> None:
    holidays = HOLIDAYS | EARLIER_IN_2026

    day = add_working_days(date.fromisoformat(start), int(count), holidays)

    assert day == date.fromisoformat(expected)


def test_a_weekday_is_a_working_day_unless_it_is_a_holiday() -> None:
    week = [date(2026, 12, 21) + timedelta(days=days) for days in range(7)]

    working = [is_working_day(day, HOLIDAYS) for day in week]

    assert working == [True, True, True, True, False, False, False]


def test_working_days_are_counted_forwards_only() -> None:
    with pytest.raises(ValueError, match="forwards only"):
        add_working_days(date(2026, 11, 23), -1, HOLIDAYS)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-11-23", "2026-11-27", 4),
        ("2026-11-21", "2026-11-27", 5),
        ("2026-11-27", "2026-11-27", 0),
        ("2026-11-27", "2026-11-29", 0),
        ("2026-11-27", "2026-11-30", 1),
        ("2026-11-30", "2026-11-27", -1),
        ("2026-11-28", "2026-11-27", 0),
        ("2026-12-24", "2026-12-29", 1),
        ("2026-12-24", "2026-12-25", 0),
        ("2026-12-24", "2026-12-28", 0),
        ("2026-12-25", "2026-12-29", 1),
        ("2026-12-28", "2026-12-29", 1),
        ("2026-12-29", "2026-12-24", -1),
        ("2026-12-18", "2027-01-04", 8),
        ("2025-12-31", "2026-12-31", 254),
    ],
)
def test_between_two_days_lie_so_many_working_days(start: str, end: str, expected: int) -> None:
    days = date.fromisoformat(start), date.fromisoformat(end)

    assert working_days_between(*days, HOLIDAYS | EARLIER_IN_2026) == expected


def test_a_holiday_at_a_weekend_is_not_taken_off_twice() -> None:
    saturday = frozenset({date(2026, 11, 28)})

    assert working_days_between(date(2026, 11, 27), date(2026, 11, 30), saturday) == 1


@given(DAYS, DAYS, HOLIDAY_SETS)
def test_the_working_days_between_are_those_that_one_counts(
    start: date, end: date, holidays: frozenset[date]
) -> None:
    first, last = sorted((start, end))
    days = (first + number * ONE_DAY for number in range(1, (last - first).days + 1))
    counted = sum(is_working_day(day, holidays) for day in days)

    assert working_days_between(start, end, holidays) == (counted if end >= start else -counted)


@given(DAYS, st.integers(0, 300), HOLIDAY_SETS)
def test_adding_working_days_is_undone_by_counting_them(
    start: date, count: int, holidays: frozenset[date]
) -> None:
    end = add_working_days(start, count, holidays)

    assert working_days_between(start, end, holidays) == count
    assert count == 0 or is_working_day(end, holidays)


@given(DAYS, DAYS, st.integers(0, 60), HOLIDAY_SETS)
def test_a_later_start_never_gives_an_earlier_due_date(
    one: date, other: date, count: int, holidays: frozenset[date]
) -> None:
    first, last = sorted((one, other))

    assert add_working_days(first, count, holidays) <= add_working_days(last, count, holidays)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-11-21", 0, "2026-11-21"),
        ("2026-11-21", 1, "2026-12-21"),
        ("2026-12-21", 1, "2027-01-21"),
        ("2026-11-30", 13, "2027-12-30"),
        ("2026-01-31", 24, "2028-01-31"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
    ],
)
def test_months_later_it_is_the_same_day_or_the_last(day: str, months: int, expected: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)


@given(DAYS, st.integers(0, 120))
def test_so_many_months_later_it_is_that_month(day: date, months: int) -> None:
    later = add_months(day, months)

    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == min(day.day, monthrange(later.year, later.month)[1])


@pytest.mark.parametrize(("first_day", "months", "expected"), named_rows("last-valid-days.txt"))
def test_the_last_valid_day_is(first_day: str, months: str, expected: str) -> None:
    day = last_valid_day(date.fromisoformat(first_day), int(months))

    assert day == date.fromisoformat(expected)


@given(DAYS, st.integers(1, 60))
def test_a_later_first_day_is_never_valid_for_less_long(day: date, months: int) -> None:
    assert last_valid_day(day, months) <= last_valid_day(day + ONE_DAY, months)


@given(DAYS, st.integers(1, 60), st.integers(1, 12))
def test_periods_that_follow_each_other_drift_by_no_more_than_the_end_of_a_short_month(
    first_day: date, months: int, periods: int
) -> None:
    day = first_day
    for _ in range(periods):
        day = last_valid_day(day, months) + ONE_DAY

    straight = last_valid_day(first_day, months * periods) + ONE_DAY
    assert timedelta(0) <= day - straight <= timedelta(days=3)
