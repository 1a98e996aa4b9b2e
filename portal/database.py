"""How transactions begin and how durable a commit is, on either database."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import current_app, has_request_context, request
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from portal.access import access_of


class WroteWhileReading(Exception):
    """A page that may only be looked at was about to change something."""


# Two connections that write and checkpoint at once can corrupt a WAL file before this version.
WAL_IS_SAFE_FROM = (3, 51, 3)
WRITING = "mhcs_writing"


def journal_mode() -> str:
    """The journal that this machine's SQLite can be trusted with."""
    return "wal" if sqlite3.sqlite_version_info >= WAL_IS_SAFE_FROM else "delete"


def sqlite_pragmas() -> dict[str, int | str]:
    """What every SQLite connection is set to, and must read back."""
    return {
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "busy_timeout": 5000,
        "journal_mode": journal_mode(),
        "synchronous": 2 if journal_mode() == "wal" else 3,
        "mmap_size": 0,
    }


def configure_engine(engine: Engine) -> None:
    """Make an engine begin and store as the portal needs it."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", set_pragmas)
        event.listen(engine, "begin", _begin_sqlite)


def set_pragmas(connection: Any, record: ConnectionPoolEntry) -> None:  # noqa: ANN401 (a driver's)
    # The driver must not begin transactions of its own: it would begin them too late.
    connection.isolation_level = None
    for name, value in sqlite_pragmas().items():
        connection.execute(f"PRAGMA {name} = {value}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _may_write(connection) else "BEGIN")


def _may_write(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get(WRITING, not reading()))


def keep_readers_from_writing(factory: sessionmaker[Session]) -> None:
    """Let no request write that only reads: not by GET, unless its view says that it records."""

    def before_flush(session: Session, *_: object) -> None:
        if session.new or session.dirty or session.deleted:
            _refuse_reader(session)

    def before_statement(state: ORMExecuteState) -> None:
        if state.is_insert or state.is_update or state.is_delete:
            _refuse_reader(state.session)

    event.listen(factory, "before_flush", before_flush)
    event.listen(factory, "do_orm_execute", before_statement)


def _refuse_reader(session: Session) -> None:
    if not _may_write(session.connection()):
        raise WroteWhileReading("a request that only reads was about to write")


def reading() -> bool:
    """Whether the request in hand only reads. Outside a request nothing is taken to."""
    if not has_request_context() or request.method not in {"GET", "HEAD", "OPTIONS"}:
        return False
    return request.endpoint is None or not access_of(current_app, request.endpoint).records


@contextmanager
def writing_unit(factory: sessionmaker[Session]) -> Iterator[Session]:
    """A short unit of work of its own that writes, committed at the end.

    For what must be stored whatever becomes of the request: it may not be
    opened while the request's own session has a transaction, since on SQLite
    the one would wait for the other.
    """
    with factory() as session:
        session.connection(execution_options={WRITING: True})
        yield session
        session.commit()


@contextmanager
def reading_unit(factory: sessionmaker[Session]) -> Iterator[Session]:
    """A short unit of work of its own that only reads, whatever the request in hand may do.

    A download that streams takes one for each part, so that a slow reader keeps
    nobody from writing.
    """
    with factory(bind=factory.kw["bind"].execution_options(**{WRITING: False})) as session:
        yield session
