"""What keeps evidence through a power cut, read back from the database and the disk in use."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from portal.database import sqlite_pragmas

_MOUNTS = Path("/proc/mounts")
# File systems on which SQLite's locks do not hold, or a commit may not be on a disk.
_NETWORK = (
    "9p",
    "afs",
    "ceph",
    "cifs",
    "davfs",
    "fuse",
    "glusterfs",
    "gpfs",
    "lustre",
    "nfs",
    "smb",
    "vboxsf",
    "virtiofs",
)
_POSTGRESQL: dict[str, tuple[str, ...]] = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
}
ENOUGH_BYTES = 100_000_000


class NotDurable(Exception):
    """What is recorded here could be lost; the message says why."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what it is, how it is, whether that will do."""

    name: str
    found: str
    passed: bool


def check_durability(engine: Engine, path: Path | None) -> None:
    """Refuse a database that could forget what it acknowledged."""
    bad = [each for each in durability(engine, path) if not each.passed]
    if bad:
        raise NotDurable("; ".join(f"{each.name} is {each.found}" for each in bad))


def durability(engine: Engine, path: Path | None) -> list[Finding]:
    """Everything that decides whether a commit is kept."""
    with engine.connect() as connection:
        if path is None:
            return list(_postgresql_settings(connection))
        return [*_sqlite_settings(connection), file_system(path)]


def file_system(path: Path, mounts: Path = _MOUNTS) -> Finding:
    """The kind of file system that a file is on, where the system tells."""
    kind = _file_system_kind(path.resolve(), mounts)
    return Finding("the file system of the database", kind, not kind.startswith(_NETWORK))


def room(path: Path) -> Finding:
    """How much space is left beside the database, and whether the file can be written."""
    free = shutil.disk_usage(path.parent).free
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    told = f"{free // 1_000_000} MB free" if writable else "read-only"
    return Finding("the disk of the database", told, writable and free >= ENOUGH_BYTES)


def _sqlite_settings(connection: Connection) -> Iterator[Finding]:
    for name, expected in sqlite_pragmas().items():
        found = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
        # Where a build has no memory mapping, the setting gives nothing back.
        passed = found == expected or (name == "mmap_size" and found is None)
        yield Finding(f"SQLite's {name}", str(found), passed)


def _postgresql_settings(connection: Connection) -> Iterator[Finding]:
    for name, expected in _POSTGRESQL.items():
        found = str(connection.execute(text(f"SHOW {name}")).scalar())
        yield Finding(f"PostgreSQL's {name}", found, found in expected)


def _file_system_kind(path: Path, mounts: Path) -> str:
    if not mounts.exists():
        return "not known"
    best, kind = -1, "not known"
    for line in mounts.read_text("utf-8", "replace").splitlines():
        _device, point, found, *_rest = line.split(" ")
        # Blanks in a mount point are written in octal.
        folder = Path(point.encode().decode("unicode_escape"))
        # A later mount hides an earlier one at the same place.
        if path.is_relative_to(folder) and len(folder.parts) >= best:
            best, kind = len(folder.parts), found
    return kind
