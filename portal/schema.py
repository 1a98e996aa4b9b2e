"""Bringing a database to the shape that this code expects, and telling whether it has it."""

import os
import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine

from portal.database import configure_engine
from portal.settings import Settings

_FOLDER = Path(__file__).parent / "migrations"


class SchemaError(Exception):
    """The database does not fit this code; the message says what to do."""


def expected_version() -> str:
    """The number of the last migration that this code knows."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def version_of(connection: Connection) -> str:
    """The number of the last migration that a database has had; empty for none."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def check_version(engine: Engine) -> None:
    """Raise where the database is older or newer than this code."""
    with engine.connect() as connection:
        found = version_of(connection)
    expected = expected_version()
    if found == expected:
        return
    if found > expected:
        raise SchemaError(
            f"the database is at version {found}, newer than this program ({expected}): "
            "start the newer program"
        )
    raise SchemaError(
        f"the database is at version {found or '0'}, this program needs {expected}: "
        "run 'python -m portal db upgrade'"
    )


def upgrade(settings: Settings) -> None:
    """Bring the database to the version of this code.

    SQLite cannot undo half a migration, so a copy is migrated, checked and then
    renamed over the original. PostgreSQL does it all in one transaction.
    """
    path = settings.sqlite_path
    if path is None:
        _migrate(settings.database_url)
    else:
        _migrate_copy(path)


def _migrate_copy(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    copy = path.with_name(path.name + ".migrating")
    copy.unlink(missing_ok=True)
    if path.exists():
        _copy_database(path, copy)
    _migrate(f"sqlite:///{copy}")
    _sync(copy)
    copy.replace(path)
    _sync(path.parent)


def _copy_database(source: Path, target: Path) -> None:
    before, after = sqlite3.connect(source), sqlite3.connect(target)
    try:
        before.backup(after)
    finally:
        before.close()
        after.close()


def _migrate(database_url: str) -> None:
    engine = create_engine(database_url)
    configure_engine(engine)
    try:
        with engine.begin() as connection:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    return config
