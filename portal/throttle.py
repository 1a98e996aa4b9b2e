"""Wrong passwords and codes slow down whoever sends them, at every door alike.

Failures are counted in the database, so that all processes and all doors (the
sign-in page, the one-time code, the change of a password) share the count. What
grows is a delay, never a lock: a stranger cannot shut somebody out. A browser in
which somebody signed in before goes by its own count for that account, so that
guesses from elsewhere do not delay it.

A guess is counted before it is tried, and taken back if it was right: two guesses
at the same instant count as two.
"""

import hashlib
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.models import LoginFailure

_DAY = timedelta(hours=24)


@dataclass(frozen=True)
class Pace:
    """How many failures within a time cost nothing, and how long the delay may grow."""

    free: int
    within: timedelta
    longest: timedelta


class Count(StrEnum):
    """What failures are counted by."""

    PAIR = "pair"
    ACCOUNT = "account"
    ADDRESS = "address"
    BROWSER = "browser"
    OWNER = "owner"


_QUARTER = timedelta(minutes=15)
_PACES = {
    # One account from one address: the ordinary guesser, and the ordinary typing mistake.
    Count.PAIR: Pace(5, _DAY, _QUARTER),
    # One account from anywhere: many addresses that share out the guesses.
    Count.ACCOUNT: Pace(50, timedelta(hours=1), timedelta(minutes=1)),
    # One address at any account: the same password tried on everybody. A whole
    # office may be one address, so the count is generous and the delay short.
    Count.ADDRESS: Pace(30, timedelta(hours=1), timedelta(minutes=5)),
    # One account from a browser in which somebody signed in to it before.
    Count.BROWSER: Pace(10, _DAY, _QUARTER),
    # What only its owner is asked, after the password: codes, the current password.
    Count.OWNER: Pace(5, _DAY, _QUARTER),
}


@dataclass(frozen=True)
class Key:
    """One count: what it counts by, and for whom, as a hash. What was typed is not kept."""

    count: Count
    whom: str

    @property
    def stored(self) -> str:
        """The text in the row."""
        return f"{self.count}:{self.whom}"


@dataclass(frozen=True)
class Guess:
    """One counted try, which `take_back` undoes."""

    rows: tuple[int, ...]


def key(count: Count, *parts: str) -> Key:
    """The key for this count of these parts."""
    return Key(count, hashlib.sha256("\0".join(parts).encode()).hexdigest())


def network(address: str | None) -> str:
    """The address to count by: one for IPv4, the /64 that a household or office has for IPv6."""
    try:
        found = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def wait(session: Session, keys: Sequence[Key], at: datetime) -> timedelta:
    """How long to wait before the next try: the longest delay of these counts."""
    return max((_wait(session, each, at) for each in keys), default=timedelta(0))


def _wait(session: Session, counted: Key, at: datetime) -> timedelta:
    pace = _PACES[counted.count]
    failures, latest = session.execute(
        select(func.count(LoginFailure.id), func.max(LoginFailure.failed_at)).where(
            LoginFailure.key == counted.stored, LoginFailure.failed_at > at - pace.within
        )
    ).one()
    if failures < pace.free:
        return timedelta(0)
    # A clock that was put back must not make anybody wait longer than the delay.
    delay = _delay(pace, failures)
    return min(max(latest + delay - at, timedelta(0)), delay)


def _delay(pace: Pace, failures: int) -> timedelta:
    """One second after the last free failure, and twice as long after each further one."""
    doublings = min(failures - pace.free, 20)
    return min(timedelta(seconds=2**doublings), pace.longest)


def count(session: Session, keys: Sequence[Key], at: datetime) -> Guess:
    """Count a try as a failure, before it is known whether it is one."""
    rows = [LoginFailure(key=each.stored, failed_at=at) for each in keys]
    session.add_all(rows)
    session.flush()
    return Guess(tuple(row.id for row in rows))


def take_back(session: Session, guess: Guess, forgiven: Sequence[Key], at: datetime) -> None:
    """The try was right: it did not fail, and these counts start again.

    What is too old to matter goes too.
    """
    session.execute(
        delete(LoginFailure).where(
            LoginFailure.id.in_(guess.rows)
            | LoginFailure.key.in_([each.stored for each in forgiven])
            | (LoginFailure.failed_at < at - _DAY)
        )
    )
