"""Failures slow down whoever sends them, and nobody else for long."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from portal.models import Base, LoginFailure
from portal.throttle import Count, Key, count, key, network, take_back, wait

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PAIR = key(Count.PAIR, "learner@example.test", "192.0.2.1")


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def fail(session: Session, keys: Sequence[Key], times: int, at: datetime = NOON) -> None:
    for _ in range(times):
        count(session, keys, at)


def test_a_few_mistakes_cost_nothing(session: Session) -> None:
    fail(session, [PAIR], 4)

    assert wait(session, [PAIR], NOON) == timedelta(0)


def test_the_delay_doubles_and_stops_growing_at_a_quarter_of_an_hour(session: Session) -> None:
    delays = []
    for _ in range(20):
        fail(session, [PAIR], 1)
        delays.append(wait(session, [PAIR], NOON) // SECOND)

    assert delays[:8] == [0, 0, 0, 0, 1, 2, 4, 8]
    assert delays[-1] == 15 * 60


def test_a_delay_passes_with_time(session: Session) -> None:
    fail(session, [PAIR], 8)

    assert wait(session, [PAIR], NOON + 3 * SECOND) == 5 * SECOND
    assert wait(session, [PAIR], NOON + 8 * SECOND) == timedelta(0)


def test_yesterdays_failures_are_forgotten(session: Session) -> None:
    fail(session, [PAIR], 30)

    assert wait(session, [PAIR], NOON + timedelta(hours=24)) == timedelta(0)


def test_a_clock_put_back_makes_nobody_wait_longer_than_the_delay(session: Session) -> None:
    fail(session, [PAIR], 6)

    assert wait(session, [PAIR], NOON - timedelta(hours=2)) == 2 * SECOND


def test_the_longest_delay_of_all_counts_holds(session: Session) -> None:
    address = key(Count.ADDRESS, "192.0.2.1")
    fail(session, [PAIR], 7)
    fail(session, [address], 40)

    assert wait(session, [PAIR, address], NOON) == timedelta(minutes=5)


def test_a_right_try_takes_itself_back_and_forgives_the_pair(session: Session) -> None:
    address = key(Count.ADDRESS, "192.0.2.1")
    fail(session, [PAIR, address], 4)

    guess = count(session, [PAIR, address], NOON)
    take_back(session, guess, [PAIR], NOON)

    left = session.scalars(select(LoginFailure.key)).all()
    assert left == [address.stored] * 4


def test_what_is_too_old_to_matter_is_deleted(session: Session) -> None:
    other = key(Count.PAIR, "other@example.test", "192.0.2.9")
    fail(session, [other], 3, NOON - timedelta(hours=25))

    take_back(session, count(session, [PAIR], NOON), [PAIR], NOON)

    assert session.scalars(select(LoginFailure)).all() == []


def test_a_stranger_elsewhere_delays_nobody_by_more_than_a_minute(session: Session) -> None:
    account = key(Count.ACCOUNT, "learner@example.test")
    for number in range(200):
        fail(session, [key(Count.PAIR, "learner@example.test", f"198.51.100.{number}"), account], 1)

    assert wait(session, [PAIR, account], NOON) == timedelta(minutes=1)


def test_what_was_typed_is_not_kept(session: Session) -> None:
    fail(session, [key(Count.ACCOUNT, "my password in the wrong box")], 1)

    assert "password" not in session.scalars(select(LoginFailure.key)).one()


def test_parts_of_a_key_do_not_run_together() -> None:
    assert key(Count.PAIR, "ab", "c") != key(Count.PAIR, "a", "bc")


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("nonsense", "unknown"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_addresses_are_counted_by_network(address: str | None, counted: str) -> None:
    assert network(address) == counted
