"""Databases for tests: a template migrated once, and a copy of it for each test."""

import shutil
import uuid
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, Engine, create_engine, event, make_url, text

from portal.database import set_pragmas
from portal.schema import upgrade
from tests.builders.portal_settings import make_settings


class Template(Protocol):
    """A migrated, empty database that can be copied."""

    def copy(self, folder: Path) -> str:
        """The address of a new copy."""

    def drop(self, database_url: str) -> None:
        """Remove a copy."""


class SqliteTemplate:
    """A file, copied."""

    def __init__(self, folder: Path) -> None:
        upgrade(make_settings(folder))
        self.path = folder / "portal.db"

    def copy(self, folder: Path) -> str:
        """The address of a new copy."""
        shutil.copyfile(self.path, folder / "portal.db")
        return f"sqlite:///{folder / 'portal.db'}"

    def drop(self, database_url: str) -> None:
        """Nothing to do: the folder of the test goes with it."""


class PostgresqlTemplate:
    """A database of a server, which the server copies."""

    def __init__(self, server_url: str, folder: Path) -> None:
        self.server = make_url(server_url)
        self.name = f"template_{uuid.uuid4().hex}"
        self._execute(f'CREATE DATABASE "{self.name}"')
        upgrade(make_settings(folder, _address(self.server, self.name)))
        # A database can be copied only while nothing is connected to it, housekeeping included.
        self._execute(f'ALTER DATABASE "{self.name}" WITH ALLOW_CONNECTIONS false')

    def copy(self, folder: Path) -> str:
        """The address of a new copy."""
        name = f"test_{uuid.uuid4().hex}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{self.name}"')
        return _address(self.server, name)

    def drop(self, database_url: str) -> None:
        """Remove a copy."""
        self._execute(f'DROP DATABASE "{make_url(database_url).database}" WITH (FORCE)')

    def close(self) -> None:
        """Remove the template itself."""
        self.drop(_address(self.server, self.name))

    def _execute(self, statement: str) -> None:
        engine = create_engine(self.server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


def onlooker(database_url: str) -> Engine:
    """An engine that sees what was committed, and holds no lock between two statements."""
    engine = create_engine(database_url, isolation_level="AUTOCOMMIT")
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", set_pragmas)
    return engine


def shut_database(database_url: str) -> None:
    """Let a server take nobody into a database any more, and turn out whoever is in it."""
    url = make_url(database_url)
    engine = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{url.database}" WITH ALLOW_CONNECTIONS false'))
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
        connection.execute(text(ended), {"name": url.database})
    engine.dispose()


def _address(server: URL, name: str) -> str:
    return server.set(database=name).render_as_string(hide_password=False)
