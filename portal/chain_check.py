"""Whether the evidence is still what was recorded: rows against the chain, both ways."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, exists, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portal.evidence import START, Head, Row, entry_hash, evidence_tables, row_hash
from portal.models import ChainEntry, ChainHead

_AT_ONCE = 500
# Stands for the hash of a row, or of an entry, with a value that no column of ours ever has.
_UNREADABLE = ""


@dataclass(frozen=True)
class ChainReport:
    """What a check of the chain found. `faults` is empty where all is as it was recorded."""

    head: Head
    faults: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def verify(session: Session, key: str, anchors: Sequence[Head] = ()) -> ChainReport:
    """Compare rows with the chain and the chain with rows, and both with the anchors.

    The session must be one of its own: what it read is let go of between parts,
    so that writers need not wait for a long check.
    """
    faults: list[str] = []
    expected = {anchor.position: anchor.entry_hash for anchor in anchors}
    end = Head(0, START)
    for entries, head in _parts(session):
        for entry in entries:
            faults += _entry_faults(entry, end, key)
            if expected.pop(entry.position, entry.entry_hash) != entry.entry_hash:
                faults.append(f"entry {entry.position} is not the one that was anchored")
            end = Head(entry.position, entry.entry_hash)
        faults += _row_faults(session, entries)
        if not entries and head != end:
            faults.append(f"the chain ends at {end.position}, its head says {head.position}")
    faults += [f"entry {position} was anchored and is gone" for position in sorted(expected)]
    return ChainReport(end, (*faults, *_strangers(session)))


def _parts(session: Session) -> Iterator[tuple[Sequence[ChainEntry], Head]]:
    """The entries in their order, so many at once, and at last none; each with the head."""
    after = -1
    while True:
        session.rollback()
        entries = session.scalars(
            select(ChainEntry)
            .where(ChainEntry.position > after)
            .order_by(ChainEntry.position)
            .limit(_AT_ONCE)
        ).all()
        head = session.execute(select(ChainHead.position, ChainHead.entry_hash)).first()
        # Without its head nothing can be added, and nobody can tell where the chain ended.
        yield entries, Head(*head) if head else Head(-1, _UNREADABLE)
        if not entries:
            return
        after = entries[-1].position


def _entry_faults(entry: ChainEntry, before: Head, key: str) -> Iterator[str]:
    if entry.position != before.position + 1:
        yield f"entry {before.position + 1} is missing"
    if entry.entry_hash != _linked(entry, before, key):
        yield f"entry {entry.position} does not follow from the one before it"


def _linked(entry: ChainEntry, before: Head, key: str) -> str:
    """The hash that an entry would have if it followed from the one before it."""
    row = (entry.table_name, entry.row_id)
    try:
        return entry_hash(key, before.entry_hash, entry.position, row, entry.row_hash)
    except TypeError:
        return _UNREADABLE


def _row_faults(session: Session, entries: Sequence[ChainEntry]) -> Iterator[str]:
    hashes = _hashes(session, entries)
    for entry in entries:
        found = hashes.get((entry.table_name, entry.row_id))
        if found is None:
            yield f"{entry.table_name} {entry.row_id} is gone"
        elif found != entry.row_hash:
            yield f"{entry.table_name} {entry.row_id} is not what was recorded"


def _hashes(session: Session, entries: Sequence[ChainEntry]) -> dict[Row, str]:
    """The hashes of the rows that entries stand for, as the rows are now."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        wanted[entry.table_name].append(entry.row_id)
    tables = evidence_tables()
    found: dict[Row, str] = {}
    for name, ids in wanted.items():
        if name in tables:
            found |= _hashes_of(session, tables[name], ids)
    return found


def _hashes_of(session: Session, table: Table, ids: list[int]) -> dict[Row, str]:
    try:
        return {
            (table.name, values["id"]): row_hash(values) for values in _rows(session, table, ids)
        }
    except (TypeError, ValueError, OperationalError) as error:
        if isinstance(error, OperationalError) and "decode" not in str(error.orig):
            raise
    # SQLite keeps anything anywhere: a row that cannot be read is not what was recorded.
    if len(ids) == 1:
        return {(table.name, ids[0]): _UNREADABLE}
    alone = [_hashes_of(session, table, [each]) for each in ids]
    return {row: hashed for each in alone for row, hashed in each.items()}


def _rows(session: Session, table: Table, ids: list[int]) -> Iterator[dict[str, Any]]:
    for row in session.execute(select(table).where(table.c.id.in_(ids))).mappings():
        yield {str(name): value for name, value in row.items()}


def _strangers(session: Session) -> Iterator[str]:
    """Rows of evidence that never entered the chain."""
    for name, table in sorted(evidence_tables().items()):
        known = exists().where(ChainEntry.table_name == name, ChainEntry.row_id == table.c.id)
        for row_id in session.scalars(select(table.c.id).where(~known).order_by(table.c.id)):
            yield f"{name} {row_id} is not in the chain"
