"""A database is brought to the version of the program, whole or not at all."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from portal.app import create_app
from portal.audit import record
from portal.evidence import evidence_tables
from portal.locks import DatabaseInUse, shared_use, sole_use
from portal.models import Base
from portal.safe_copy import NotSound, replace_with_changed_copy
from portal.schema import SchemaError, check_version, expected_version, upgrade
from portal.settings import Settings

Clock = Callable[[], datetime]


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """The database, without any of our settings on it."""
    made = create_engine(settings.database_url)
    yield made
    made.dispose()


@pytest.fixture
def file(settings: Settings) -> Path:
    """The database file, for tests of what only files go through."""
    path = settings.sqlite_path
    if path is None:
        pytest.skip("a server migrates in one transaction")
    return path


def _set_version(engine: Engine, version: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})


def test_the_migrations_make_the_tables_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_database_of_this_version_is_let_be(settings: Settings) -> None:
    assert not upgrade(settings)


def test_the_portal_refuses_an_older_database_and_says_what_to_do(
    settings: Settings, engine: Engine
) -> None:
    _set_version(engine, "0001")

    with pytest.raises(SchemaError, match="run 'python -m portal db upgrade'"):
        create_app(settings)


def test_a_newer_database_is_refused(engine: Engine) -> None:
    _set_version(engine, "9999")

    with pytest.raises(SchemaError, match="start the newer program"):
        check_version(engine)


def test_a_database_that_was_never_prepared_is_refused(settings: Settings, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'empty.db'}")

    with pytest.raises(SchemaError, match="version 0000"):
        check_version(engine)

    engine.dispose()


def test_every_table_of_evidence_is_guarded_by_triggers(engine: Engine) -> None:
    asked = {
        "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT event_object_table FROM information_schema.triggers",
    }
    with engine.connect() as connection:
        guarded = set(connection.execute(text(asked[engine.dialect.name])).scalars())

    assert guarded == set(evidence_tables()) | {"chain_entry"}


def test_an_upgrade_keeps_every_row_and_the_old_file(
    file: Path, settings: Settings, database: Session, clock: Clock
) -> None:
    record(database, "test.done", actor=None, at=clock())
    database.commit()

    replace_with_changed_copy(file, lambda _address: None, settings.chain_key, "kept.db")

    with Session(create_engine(settings.database_url)) as session:
        assert session.execute(text("SELECT action FROM audit_event")).scalar() == "test.done"
        session.get_bind().dispose()  # type: ignore[union-attr] # an engine, as made above
    assert file.with_name("kept.db").exists()


def _losing(statement: str) -> Callable[[str], None]:
    def change(address: str) -> None:
        engine = create_engine(address)
        with engine.begin() as connection:
            connection.execute(text("DROP TRIGGER audit_event_no_delete"))
            connection.execute(text("DROP TRIGGER audit_event_no_update"))
            connection.execute(text(statement))
        engine.dispose()

    return change


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM audit_event", "audit_event lost rows"),
        ("UPDATE audit_event SET action = 'x'", "audit_event 1 is not what was recorded"),
        (
            "INSERT INTO role_grant (person_id, role, granted_at) VALUES (99, 'editor', '')",
            "a row of role_grant points to nothing",
        ),
    ],
)
def test_an_upgrade_that_would_harm_the_records_leaves_the_database(
    file: Path, settings: Settings, database: Session, clock: Clock, statement: str, told: str
) -> None:
    record(database, "test.done", actor=None, at=clock())
    database.commit()
    before = file.read_bytes()

    with pytest.raises(NotSound, match=told):
        replace_with_changed_copy(file, _losing(statement), settings.chain_key, "kept.db")

    assert file.read_bytes() == before


def test_an_upgrade_that_dies_half_way_leaves_the_database(file: Path, settings: Settings) -> None:
    def die(address: str) -> None:
        _losing("DROP TABLE team_membership")(address)
        raise KeyboardInterrupt

    before = file.read_bytes()

    with pytest.raises(KeyboardInterrupt):
        replace_with_changed_copy(file, die, settings.chain_key, "kept.db")

    assert file.read_bytes() == before
    assert not upgrade(settings)


def test_a_database_is_not_upgraded_under_a_running_portal(file: Path, settings: Settings) -> None:
    file.unlink()

    with shared_use(file), pytest.raises(DatabaseInUse, match="stop it"):
        upgrade(settings)


def test_the_portal_does_not_start_during_an_upgrade(file: Path) -> None:
    with sole_use(file), pytest.raises(DatabaseInUse, match="being upgraded"), shared_use(file):
        pass


def test_many_may_use_a_database_at_once(file: Path) -> None:
    with shared_use(file), shared_use(file):
        pass


def test_the_version_of_the_program_is_that_of_its_last_migration() -> None:
    versions = Path(__file__).parents[2] / "portal" / "migrations" / "versions"

    assert expected_version() == max(each.name[:4] for each in versions.glob("0*.py"))
