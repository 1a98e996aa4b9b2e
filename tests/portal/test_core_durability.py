"""What is acknowledged is kept: settings that say so are read back, updates are never lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event, select
from sqlalchemy.orm import Session, sessionmaker

from portal import database as portal_database
from portal.app import create_app
from portal.database import configure_engine, journal_mode
from portal.durability import NotDurable, check_durability, durability, file_system, room
from portal.models import Team
from portal.settings import Settings

SQLITE_DEFAULTS_THAT_LOSE = {
    "foreign_keys": "OFF",
    "busy_timeout": "0",
    "synchronous": "NORMAL",
    "recursive_triggers": "OFF",
}


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """An engine as the portal has it."""
    made = create_engine(settings.database_url)
    configure_engine(made)
    yield made
    made.dispose()


def test_the_database_in_use_is_durable(engine: Engine, settings: Settings) -> None:
    found = durability(engine, settings.sqlite_path)

    assert [each for each in found if not each.passed] == []
    assert len(found) >= 3


@pytest.mark.parametrize("name", SQLITE_DEFAULTS_THAT_LOSE)
def test_a_setting_that_loses_records_is_refused(
    engine: Engine, settings: Settings, name: str
) -> None:
    if settings.sqlite_path is None:
        pytest.skip("for SQLite")
    value = SQLITE_DEFAULTS_THAT_LOSE[name]
    event.listen(engine, "connect", lambda c, _: c.execute(f"PRAGMA {name} = {value}"))

    with pytest.raises(NotDurable, match=f"SQLite's {name}"):
        check_durability(engine, settings.sqlite_path)


def test_a_server_that_does_not_wait_for_its_disk_is_refused(
    engine: Engine, settings: Settings
) -> None:
    if settings.sqlite_path is not None:
        pytest.skip("for PostgreSQL")
    event.listen(engine, "connect", lambda c, _: c.execute("SET synchronous_commit = off"))

    with pytest.raises(NotDurable, match="PostgreSQL's synchronous_commit is off"):
        check_durability(engine, None)


@pytest.mark.parametrize(
    ("version", "mode"),
    [((3, 40, 1), "delete"), ((3, 51, 2), "delete"), ((3, 51, 3), "wal"), ((3, 60, 0), "wal")],
)
def test_a_write_ahead_log_is_used_only_where_it_is_safe(
    monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int], mode: str
) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", version)

    assert journal_mode() == mode


MOUNTS = """\
/dev/vda / ext4 rw 0 0
server:/export /srv/shared nfs4 rw 0 0
//server/share /srv/with\\040blank cifs rw 0 0
/dev/sdb /srv/shared/local xfs rw 0 0
host /srv/mounted fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind", "passed"),
    [
        ("/var/portal.db", "ext4", True),
        ("/srv/shared/portal.db", "nfs4", False),
        ("/srv/shared/deep/down/portal.db", "nfs4", False),
        ("/srv/shared/local/portal.db", "xfs", True),
        ("/srv/with blank/portal.db", "cifs", False),
        ("/srv/mounted/portal.db", "fuse.sshfs", False),
        ("/srv/shared-not/portal.db", "ext4", True),
    ],
)
def test_a_network_file_system_is_refused(
    tmp_path: Path, path: str, kind: str, passed: bool
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS, "utf-8")

    finding = file_system(Path(path), mounts)

    assert (finding.found, finding.passed) == (kind, passed)


def test_a_disk_without_room_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "some.db"
    file.touch()
    monkeypatch.setattr("portal.durability.ENOUGH_BYTES", 10**18)

    assert not room(file).passed


def test_no_update_is_lost_between_writers(engine: Engine, database: Session) -> None:
    database.add(Team(name="0"))
    database.commit()
    factory = sessionmaker(engine)

    def count_up(_number: int) -> None:
        with factory() as session:
            team = session.scalars(select(Team).with_for_update()).one()
            team.name = str(int(team.name) + 1)
            session.commit()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(count_up, range(40)))

    database.expire_all()
    assert database.scalars(select(Team)).one().name == "40"


def test_the_portal_refuses_to_start_on_a_database_that_forgets(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    if settings.sqlite_path is None:
        pytest.skip("for SQLite")
    kept = portal_database.sqlite_pragmas()
    monkeypatch.setattr(portal_database, "sqlite_pragmas", lambda: kept | {"synchronous": 1})

    with pytest.raises(NotDurable, match="synchronous"):
        create_app(settings)
