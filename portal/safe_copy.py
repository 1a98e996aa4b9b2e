"""Changing an SQLite file as a whole: a copy is changed, checked, then renamed over it.

At every instant there is a whole database under the name, the old one or the
new one; a program that dies half-way leaves the old one.
"""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, create_engine, func, inspect, select, table
from sqlalchemy.orm import Session

from portal.chain_check import verify


class NotSound(Exception):
    """The changed copy is damaged or lost something; the database was left as it was."""


def replace_with_changed_copy(
    path: Path, change: Callable[[str], None], chain_key: str, keep_as: str
) -> None:
    """Let `change` work on a copy (it gets its address), and put it in place if it is sound."""
    copy = path.with_name(path.name + ".changing")
    copy.unlink(missing_ok=True)
    before = {}
    if path.exists():
        _copy(path, copy)
        before = _row_counts(_address(copy))
    change(_address(copy))
    _check(_address(copy), before, chain_key)
    _put_in_place(copy, path, keep_as)


def _copy(source: Path, target: Path) -> None:
    reader, writer = sqlite3.connect(source), sqlite3.connect(target)
    try:
        # Nothing may be left beside the old file that the new one could take for its own.
        reader.execute("PRAGMA journal_mode = delete")
        reader.backup(writer)
    finally:
        reader.close()
        writer.close()


def _row_counts(address: str) -> dict[str, int]:
    engine = create_engine(address)
    with engine.connect() as connection:
        counts = {
            name: connection.scalar(select(func.count()).select_from(table(name))) or 0
            for name in inspect(engine).get_table_names()
        }
    engine.dispose()
    return counts


def _check(address: str, before: dict[str, int], chain_key: str) -> None:
    after = _row_counts(address)
    faults = [f"{name} lost rows" for name, count in before.items() if after.get(name, 0) < count]
    engine = create_engine(address)
    faults += _damage(engine)
    with Session(engine) as session:
        faults += verify(session, chain_key).faults
    engine.dispose()
    if faults:
        raise NotSound(f"the upgraded copy is not sound, the database was left: {faults[0]}")


def _damage(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
        faults = [str(each) for each in found if each != "ok"]
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").scalars()
        return faults + [f"a row of {each} points to nothing" for each in broken]


def _put_in_place(copy: Path, path: Path, keep_as: str) -> None:
    with sqlite3.connect(copy) as connection:
        connection.execute("PRAGMA journal_mode = delete")
    connection.close()
    _sync(copy)
    if path.exists():
        kept = path.with_name(keep_as)
        kept.unlink(missing_ok=True)
        os.link(path, kept)
    copy.replace(path)
    _sync(path.parent)


def _address(path: Path) -> str:
    return f"sqlite:///{path}"


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
