"""The portal as a test meets it: an application, a browser, a clock, a look at the database."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session, sessionmaker

from portal.app import create_app
from portal.evidence import guard_evidence
from portal.extensions import db
from portal.models import Person, Role
from portal.sessions import start_session
from portal.settings import Settings
from tests.builders.browser import PortalClient
from tests.builders.databases import PostgresqlTemplate, SqliteTemplate, Template, onlooker
from tests.builders.people import add_person
from tests.builders.portal_settings import make_settings
from tests.builders.site_trees import publish_site
from tests.builders.trail import ask_for_a_trail
from tests.builders.world import World, make_world


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        """Move on (or back) by so much: `clock.move(days=3)`."""
        self.at += timedelta(**by)


@pytest.fixture(autouse=True)
def _engines_let_go() -> Iterator[None]:
    """Close the connections of every engine that a test used: a server counts them."""
    used: set[Engine] = set()

    def note(connection: Connection) -> None:
        used.add(connection.engine)

    event.listen(Engine, "engine_connect", note)
    yield
    event.remove(Engine, "engine_connect", note)
    for engine in used:
        engine.dispose()


@pytest.fixture
def clock() -> Clock:
    """Monday 23 November 2026, nine o'clock in London."""
    return Clock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """A migrated database: SQLite, or PostgreSQL where MHCS_TEST_DATABASE_URL names a server."""
    folder = tmp_path_factory.mktemp("template")
    server = os.environ.get("MHCS_TEST_DATABASE_URL", "")
    if not server:
        yield SqliteTemplate(folder)
        return
    made = PostgresqlTemplate(server, folder)
    yield made
    made.close()


@pytest.fixture
def settings(template: Template, tmp_path: Path) -> Iterator[Settings]:
    """Settings with a database of this test's own."""
    database_url = template.copy(tmp_path)
    yield make_settings(tmp_path, database_url)
    template.drop(database_url)


@pytest.fixture
def app(settings: Settings, clock: Clock) -> Iterator[Flask]:
    """The portal."""
    made = create_app(settings, clock)
    made.test_client_class = PortalClient
    with made.app_context():
        ask_for_a_trail(db.sessionmaker)
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> PortalClient:
    """A browser in which nobody is signed in."""
    return cast(PortalClient, app.test_client())


@pytest.fixture
def database(settings: Settings) -> Iterator[Session]:
    """A session of the test's own: reads what was committed, stores what a test starts from."""
    engine = onlooker(settings.database_url)
    factory = sessionmaker(engine)
    guard_evidence(factory, settings.chain_key)
    with factory() as session:
        yield session
    engine.dispose()


@pytest.fixture
def sign_in(app: Flask, database: Session, clock: Clock) -> Callable[..., PortalClient]:
    """Sign somebody in: `sign_in(Role.MENTOR)` for somebody new, `sign_in(person=…)` else."""

    def signed_in(*roles: Role, name: str = "", person: Person | None = None) -> PortalClient:
        someone = person or add_person(database, *roles, name=name)
        token = start_session(database, someone, clock())
        database.commit()
        browser = cast(PortalClient, app.test_client())
        browser.set_cookie("__Host-session", token, domain="portal.example", secure=True)
        browser.person_id = someone.id
        return browser

    return signed_in


@pytest.fixture
def world(app: Flask, database: Session, settings: Settings) -> World:
    """The portal with its site, in which everything has happened once."""
    publish_site(settings.site_dir)
    return make_world(database)


@pytest.fixture
def browsers(
    world: World, sign_in: Callable[..., PortalClient], client: PortalClient
) -> dict[Role | None, PortalClient]:
    """Somebody of each role who is signed in, and a visitor (None)."""
    found: dict[Role | None, PortalClient] = {
        role: sign_in(person=world.person(role)) for role in Role
    }
    return {None: client, **found}
