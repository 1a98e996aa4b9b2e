"""The chain: every row of evidence, hashed whole and tied to the one before it.

A row enters the chain in the transaction that adds it. The links are keyed
with a secret that the database does not hold, so whoever can write to the
database alone cannot write a chain that verifies.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, event, insert, inspect, select, update
from sqlalchemy.orm import (
    ORMExecuteState,
    Session,
    SessionTransaction,
    UOWTransaction,
    sessionmaker,
)

from portal.models import Base, ChainEntry, ChainHead, Evidence

START = "0" * 64
_PENDING = "rows-for-the-chain"

Row = tuple[str, int]


class NotAppended(Exception):
    """Evidence was about to be changed, removed, or added past the chain."""


@dataclass(frozen=True)
class Head:
    """Where the chain ends: how many entries it has, and the hash of the last."""

    position: int
    entry_hash: str


def evidence_tables() -> dict[str, Table]:
    """The tables whose rows are evidence, by name."""
    mappers = (m for m in Base.registry.mappers if issubclass(m.class_, Evidence))
    tables = (m.local_table for m in mappers)
    return {t.name: t for t in tables if isinstance(t, Table)}


def guard_evidence(factory: sessionmaker[Session], key: str) -> None:
    """Let every session of a factory put new evidence into the chain when it commits."""

    def append_before_commit(session: Session) -> None:
        # The end of a savepoint is not the end of the unit of work.
        if not session.in_nested_transaction():
            session.flush()
            append(session, sorted(session.info.pop(_PENDING, ())), key)

    event.listen(factory, "before_flush", _refuse_changes)
    event.listen(factory, "after_flush", _note_new_rows)
    event.listen(factory, "before_commit", append_before_commit)
    event.listen(factory, "after_transaction_end", _forget)
    event.listen(factory, "do_orm_execute", _refuse_bulk)


def append(session: Session, rows: Iterable[Row], key: str) -> None:
    """Put rows at the end of the chain, whose head stays locked until the commit."""
    added = list(rows)
    if not added:
        return
    head = locked_head(session)
    for table_name, row_id in added:
        values = _values(session, table_name, row_id)
        # None where the savepoint that added the row was rolled back.
        if values is not None:
            head = _append_one(session, head, (table_name, row_id), row_hash(values), key)
    session.connection().execute(
        update(ChainHead).values(position=head.position, entry_hash=head.entry_hash)
    )


def locked_head(session: Session) -> Head:
    """The end of the chain, locked so that other writers wait in line."""
    asked = select(ChainHead.position, ChainHead.entry_hash).with_for_update()
    return Head(*session.connection().execute(asked).one())


def row_hash(values: Mapping[str, Any]) -> str:
    """The hash of all columns of a row, whatever order they stand in.

    Columns without a value are left out, so that a column that a later version
    adds leaves the hashes of older rows as they are.
    """
    plain = {name: _plain(value) for name, value in values.items() if value is not None}
    return hashlib.sha256(_canonical(plain)).hexdigest()


def entry_hash(key: str, before: str, position: int, row: Row, hashed: str) -> str:
    """The keyed hash that ties an entry to the one before it."""
    message = _canonical([before, position, *row, hashed])
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()


def _append_one(session: Session, head: Head, row: Row, hashed: str, key: str) -> Head:
    position = head.position + 1
    linked = entry_hash(key, head.entry_hash, position, row, hashed)
    session.connection().execute(
        insert(ChainEntry).values(
            position=position,
            table_name=row[0],
            row_id=row[1],
            row_hash=hashed,
            entry_hash=linked,
        )
    )
    return Head(position, linked)


def _values(session: Session, table_name: str, row_id: int) -> Mapping[str, Any] | None:
    # Read back, so that what is hashed is what the database keeps.
    table = evidence_tables()[table_name]
    found = session.connection().execute(select(table).where(table.c.id == row_id))
    row = found.mappings().one_or_none()
    return {str(name): value for name, value in row.items()} if row else None


def _plain(value: object) -> str | int:
    if isinstance(value, str | int):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"a column of evidence holds a {type(value).__name__}")


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()


def _refuse_changes(session: Session, context: UOWTransaction, instances: object) -> None:
    for row in session.deleted.union(session.dirty):
        if isinstance(row, Evidence) and (row in session.deleted or _is_changed(row)):
            raise NotAppended(f"a row of {type(row).__name__} is never changed or removed")


def _is_changed(row: Evidence) -> bool:
    # Columns alone: another row that begins to point here does not change this one.
    state = inspect(row)
    return any(state.attrs[each.key].history.has_changes() for each in state.mapper.column_attrs)


def _note_new_rows(session: Session, context: UOWTransaction) -> None:
    rows = {_place(row) for row in session.new if isinstance(row, Evidence)}
    session.info.setdefault(_PENDING, set()).update(rows)


def _place(row: Evidence) -> Row:
    mapper = inspect(type(row))
    return str(mapper.local_table), int(mapper.primary_key_from_instance(row)[0])


def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_PENDING, None)


def _refuse_bulk(state: ORMExecuteState) -> None:
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    mapper = state.bind_mapper
    if mapper is not None and issubclass(mapper.class_, Evidence):
        raise NotAppended(f"{mapper.class_.__name__}: add rows one by one through the session")
