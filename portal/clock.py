"""The time, from a clock that tests can set. Nothing else in the portal asks the machine."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import Flask, current_app

Clock = Callable[[], datetime]

LONDON = ZoneInfo("Europe/London")
_NAME = "mhcs-clock"


def system_clock() -> datetime:
    """The time of this machine, in UTC."""
    return datetime.now(UTC)


def set_clock(app: Flask, clock: Clock) -> None:
    """Let this application go by this clock."""
    app.extensions[_NAME] = clock


def now() -> datetime:
    """The instant, in UTC."""
    clock: Clock = current_app.extensions[_NAME]
    return clock()


def today() -> date:
    """The day in London, which is what due dates go by."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """The day in London on which an instant falls."""
    return instant.astimezone(LONDON).date()
