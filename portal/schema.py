"""Bringing a database to the shape that this code expects, and telling whether it has it."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, text

from portal.database import configure_engine
from portal.locks import sole_use
from portal.safe_copy import replace_with_changed_copy
from portal.settings import Settings

_FOLDER = Path(__file__).parent / "migrations"
# Any number will do, if no other program of the same server uses it.
_POSTGRESQL_LOCK = 7_216_541


class SchemaError(Exception):
    """The database does not fit this code; the message says what to do."""


@cache
def expected_version() -> str:
    """The number of the last migration that this code knows."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def version_of(connection: Connection) -> str:
    """The number of the last migration that a database has had; empty for none."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def check_present(settings: Settings) -> None:
    """Raise where there is no database file yet: opening one would make an empty one."""
    path = settings.sqlite_path
    if path is not None and not path.exists():
        raise SchemaError(f"there is no database at {path}: run 'python -m portal prepare'")


def check_version(engine: Engine) -> None:
    """Raise where the database is older or newer than this code."""
    with engine.connect() as connection:
        found = version_of(connection)
    if found > expected_version():
        raise SchemaError(
            f"the database is at version {found}, newer than this program "
            f"({expected_version()}): start the newer program"
        )
    if found < expected_version():
        raise SchemaError(
            f"the database is at version {found or '0000'}, this program needs "
            f"{expected_version()}: run 'python -m portal db upgrade'"
        )


def upgrade(settings: Settings) -> bool:
    """Bring the database to the version of this code. False where it was there already.

    SQLite cannot undo half a migration, so a copy is migrated, checked and then
    renamed over the original. PostgreSQL does it all in one transaction.
    """
    path = settings.sqlite_path
    if _is_current(settings.database_url, path):
        return False
    with sole_use(path):
        if path is None:
            _migrate(settings.database_url)
        else:
            kept = f"{path.name}.before-{expected_version()}"
            replace_with_changed_copy(path, _migrate, settings.chain_key, kept)
    return True


def _is_current(database_url: str, path: Path | None) -> bool:
    if path is not None and not path.exists():
        return False
    engine = create_engine(database_url)
    try:
        with engine.connect() as connection:
            return version_of(connection) == expected_version()
    finally:
        engine.dispose()


def _migrate(database_url: str) -> None:
    engine = create_engine(database_url)
    configure_engine(engine)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_POSTGRESQL_LOCK})"))
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    return config
