"""Who may use an SQLite file: many at once to serve it, one alone to migrate it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class DatabaseInUse(Exception):
    """The database is being used, or being migrated, by another program."""


@contextmanager
def shared_use(path: Path | None) -> Iterator[None]:
    """Use the database with others. Nothing to do for a server (None), which sees to it itself."""
    with _locked(path, fcntl.LOCK_SH, "the database is being upgraded: try again in a minute"):
        yield


@contextmanager
def sole_use(path: Path | None) -> Iterator[None]:
    """Have the database for oneself."""
    told = "the portal is running: stop it, upgrade the database, then start it again"
    with _locked(path, fcntl.LOCK_EX, told):
        yield


@contextmanager
def _locked(path: Path | None, kind: int, told: str) -> Iterator[None]:
    if path is None:
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # A file beside the database: the database itself is replaced by a migration.
    descriptor = os.open(path.with_name(path.name + ".lock"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DatabaseInUse(told) from None
        yield
    finally:
        os.close(descriptor)
