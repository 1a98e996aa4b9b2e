"""Evidence is added and never changed, and the chain tells when somebody did so all the same."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from portal.anchors import anchor_file, read_anchors, write_anchor
from portal.audit import record
from portal.chain_check import verify
from portal.database import configure_engine
from portal.evidence import Head, NotAppended, evidence_tables, guard_evidence
from portal.models import AuditEvent, ChainEntry, ChainHead
from portal.settings import Settings
from tests.builders.evidence_rows import add_evidence

Clock = Callable[[], datetime]
Tamper = Callable[..., None]


@pytest.fixture
def add_events(database: Session, clock: Clock) -> Callable[[int], None]:
    """Record so many events, each in a transaction of its own."""

    def add(count: int) -> None:
        for number in range(count):
            record(database, "test.done", actor=None, subject=str(number), at=clock())
            database.commit()

    return add


@pytest.fixture
def tamper(database: Session) -> Tamper:
    """Do to the database what only somebody who owns it can: switch the triggers off first."""

    def do(statement: str, table: str) -> None:
        if database.get_bind().dialect.name == "sqlite":
            for act in ("update", "delete"):
                database.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_{act}"))
        else:
            database.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        database.execute(text(statement))
        database.commit()
        database.expire_all()

    return do


@pytest.fixture
def factory(settings: Settings) -> Iterator[sessionmaker[Session]]:
    """Sessions as the portal has them, for as many writers as a test needs."""
    engine = create_engine(settings.database_url)
    configure_engine(engine)
    made = sessionmaker(engine)
    guard_evidence(made, settings.chain_key)
    yield made
    engine.dispose()


def test_a_chain_of_untouched_rows_is_whole(
    database: Session, settings: Settings, add_events: Callable[[int], None]
) -> None:
    add_events(3)

    report = verify(database, settings.chain_key)

    assert report.is_whole
    assert report.head.position == 3


@pytest.mark.parametrize("table", sorted(evidence_tables()))
def test_a_row_of_every_table_of_evidence_enters_the_chain(
    database: Session, settings: Settings, table: str
) -> None:
    add_evidence(database, table)

    entries = set(database.scalars(select(ChainEntry.table_name)))
    assert table in entries
    assert verify(database, settings.chain_key).is_whole


def test_an_empty_chain_is_whole(database: Session, settings: Settings) -> None:
    assert verify(database, settings.chain_key).is_whole


@pytest.mark.parametrize("table", sorted(evidence_tables()))
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_remove_a_row_of_evidence(
    database: Session, table: str, statement: str
) -> None:
    add_evidence(database, table)

    with pytest.raises(DBAPIError, match="never changed"):
        database.execute(text(statement.format(table)))


@pytest.mark.parametrize("table", [*sorted(evidence_tables()), "chain_entry"])
def test_the_database_refuses_to_empty_a_table_of_evidence(database: Session, table: str) -> None:
    if database.get_bind().dialect.name == "sqlite":
        pytest.skip("SQLite has no TRUNCATE: its DELETE is refused row by row")

    with pytest.raises(DBAPIError, match="never changed"):
        database.execute(text(f"TRUNCATE {table} CASCADE"))


def test_the_database_refuses_to_replace_a_row_of_evidence(
    database: Session, add_events: Callable[[int], None]
) -> None:
    if database.get_bind().dialect.name != "sqlite":
        pytest.skip("only SQLite has REPLACE")
    add_events(1)

    with pytest.raises(DBAPIError, match="never changed"):
        database.execute(text("REPLACE INTO audit_event SELECT * FROM audit_event"))


def test_a_session_refuses_to_change_evidence(
    database: Session, add_events: Callable[[int], None]
) -> None:
    add_events(1)
    event = database.query(AuditEvent).one()
    event.subject = "another"

    with pytest.raises(NotAppended):
        database.commit()


def test_a_session_refuses_to_remove_evidence(
    database: Session, add_events: Callable[[int], None]
) -> None:
    add_events(1)
    database.delete(database.query(AuditEvent).one())

    with pytest.raises(NotAppended):
        database.commit()


@pytest.mark.parametrize(
    "statement",
    [insert(AuditEvent), update(AuditEvent).values(subject="x"), delete(AuditEvent)],
    ids=["insert", "update", "delete"],
)
def test_a_session_refuses_evidence_that_goes_past_the_chain(
    database: Session, statement: object
) -> None:
    with pytest.raises(NotAppended):
        database.execute(statement)  # type: ignore[call-overload] # three kinds of statement


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE audit_event SET subject = 'other' WHERE id = 2", "audit_event 2 is not what was"),
        ("UPDATE audit_event SET detail = 'x' WHERE id = 1", "audit_event 1 is not what was"),
        (
            "UPDATE audit_event SET happened_at = '2020-01-01 00:00:00+00:00' WHERE id = 3",
            "audit_event 3 is not what was recorded",
        ),
        ("DELETE FROM audit_event WHERE id = 2", "audit_event 2 is gone"),
        (
            "INSERT INTO audit_event (id, happened_at, action, subject, detail, request_id) "
            "VALUES (99, '2026-11-23 09:00:00+00:00', 'forged', '', '', '')",
            "audit_event 99 is not in the chain",
        ),
    ],
)
def test_the_check_names_a_row_that_was_tampered_with(
    database: Session,
    settings: Settings,
    add_events: Callable[[int], None],
    tamper: Tamper,
    statement: str,
    told: str,
) -> None:
    add_events(3)

    tamper(statement, "audit_event")

    assert any(fault.startswith(told) for fault in verify(database, settings.chain_key).faults)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM chain_entry WHERE position = 2", "entry 2 is missing"),
        ("DELETE FROM chain_entry WHERE position = 3", "the chain ends at 2, its head says 3"),
        (
            "UPDATE chain_entry SET row_hash = '00' WHERE position = 2",
            "entry 2 does not follow from the one before it",
        ),
        (
            "UPDATE chain_entry SET entry_hash = '00' WHERE position = 1",
            "entry 2 does not follow from the one before it",
        ),
    ],
)
def test_the_check_names_an_entry_that_was_tampered_with(
    database: Session,
    settings: Settings,
    add_events: Callable[[int], None],
    tamper: Tamper,
    statement: str,
    told: str,
) -> None:
    add_events(3)

    tamper(statement, "chain_entry")

    assert told in verify(database, settings.chain_key).faults


def test_a_chain_cannot_be_made_anew_without_its_key(
    database: Session, settings: Settings, add_events: Callable[[int], None]
) -> None:
    add_events(2)

    assert not verify(database, settings.chain_key + "x").is_whole


def test_a_chain_that_was_cut_short_misses_its_anchor(
    database: Session, settings: Settings, add_events: Callable[[int], None], tamper: Tamper
) -> None:
    add_events(3)
    anchor = verify(database, settings.chain_key).head
    kept = database.get_one(ChainEntry, 2).entry_hash
    tamper("DELETE FROM audit_event WHERE id = 3", "audit_event")
    tamper("DELETE FROM chain_entry WHERE position = 3", "chain_entry")
    database.execute(update(ChainHead).values(position=2, entry_hash=kept))
    database.commit()
    assert verify(database, settings.chain_key).is_whole

    report = verify(database, settings.chain_key, [anchor])

    assert report.faults == ("entry 3 was anchored and is gone",)


def test_a_chain_that_was_written_anew_is_not_the_anchored_one(
    database: Session, settings: Settings, add_events: Callable[[int], None]
) -> None:
    add_events(2)

    report = verify(database, settings.chain_key, [Head(1, "ab" * 32)])

    assert report.faults == ("entry 1 is not the one that was anchored",)


def test_a_row_whose_transaction_was_rolled_back_leaves_no_gap(
    database: Session, settings: Settings, clock: Clock, add_events: Callable[[int], None]
) -> None:
    add_events(1)
    record(database, "test.undone", actor=None, at=clock())
    database.rollback()
    add_events(1)

    report = verify(database, settings.chain_key)

    assert report.is_whole
    assert report.head.position == 2


def test_writers_at_the_same_time_make_one_chain(
    factory: sessionmaker[Session], database: Session, settings: Settings, clock: Clock
) -> None:
    def write(number: int) -> None:
        with factory() as session:
            record(session, "test.done", actor=None, subject=str(number), at=clock())
            session.commit()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(40)))

    report = verify(database, settings.chain_key)
    assert report.is_whole
    assert report.head.position == 40


def test_a_savepoint_that_was_undone_leaves_the_rest_in_the_chain(
    factory: sessionmaker[Session], database: Session, settings: Settings, clock: Clock
) -> None:
    with factory() as session:
        record(session, "test.kept", actor=None, at=clock())
        undone = session.begin_nested()
        record(session, "test.undone", actor=None, at=clock())
        session.flush()
        undone.rollback()
        with session.begin_nested():
            record(session, "test.kept", actor=None, at=clock())
        session.commit()

    report = verify(database, settings.chain_key)
    assert report.is_whole
    assert report.head.position == 2


def test_an_anchor_is_written_once_and_read_back(tmp_path: Path, clock: Clock) -> None:
    path = anchor_file(tmp_path)
    for head in (Head(3, "aa"), Head(3, "aa"), Head(4, "bb")):
        write_anchor(path, head, clock())

    assert read_anchors(path) == (Head(3, "aa"), Head(4, "bb"))
