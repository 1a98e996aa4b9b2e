"""There is one clock, it counts in UTC, and days are days in London."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from portal.audit import record
from portal.clock import day_of, now, system_clock, today
from portal.filters import instant
from portal.models import AuditEvent

PORTAL = Path(__file__).parents[2] / "portal"
ASKS_THE_MACHINE = re.compile(r"datetime\.(now|utcnow|today)\(|date\.today\(|time\.time\(")


@pytest.mark.parametrize("file", sorted(PORTAL.rglob("*.py")), ids=lambda each: each.name)
def test_nothing_but_the_clock_asks_the_machine_for_the_time(file: Path) -> None:
    found = ASKS_THE_MACHINE.findall(file.read_text("utf-8"))

    assert bool(found) is (file.name == "clock.py")


def test_the_machine_is_asked_in_utc() -> None:
    assert system_clock().tzinfo is UTC


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 12, 1, 23, 59, tzinfo=UTC), date(2026, 12, 1)),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), date(2027, 3, 28)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_a_day_begins_at_midnight_in_london(at: datetime, day: date) -> None:
    assert day_of(at) == day


def test_the_portal_goes_by_the_clock_that_it_is_given(
    app: Flask, clock: Callable[[], datetime]
) -> None:
    with app.app_context():
        assert now() == clock()
        assert today() == date(2026, 11, 23)


def test_a_time_is_shown_as_the_clocks_in_london_show_it(app: Flask) -> None:
    with app.test_request_context("/", base_url="https://portal.example"):
        assert instant(datetime(2026, 7, 1, 22, 5, tzinfo=UTC)) == "1 July 2026 at 23:05"


def test_whatever_the_zone_utc_is_stored_and_comes_back(database: Session) -> None:
    in_kabul = datetime(2026, 11, 23, 13, 30, 1, 5, tzinfo=timezone(timedelta(hours=4.5)))
    record(database, "test.done", actor=None, at=in_kabul)
    database.commit()
    database.expire_all()

    found = database.scalars(select(AuditEvent)).one().happened_at
    assert (found, found.tzinfo) == (datetime(2026, 11, 23, 9, 0, 1, 5, tzinfo=UTC), UTC)


def test_a_time_without_its_zone_is_not_stored(database: Session) -> None:
    naive = datetime(2026, 11, 23)  # noqa: DTZ001 it is what must be refused
    record(database, "test.done", actor=None, at=naive)

    with pytest.raises(StatementError, match="needs its time zone"):
        database.commit()
