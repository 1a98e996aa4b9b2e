"""The commands do what they say, and say in one line what is wrong."""

import re
import socket
from collections.abc import Callable

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from portal.anchors import anchor_file, read_anchors
from portal.cli import main
from portal.locks import sole_use
from portal.models import AuditEvent, Organisation, Person, Publication, Role
from portal.settings import Settings

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run a command with the settings of this test. Gives its exit code and what it said."""
    environment = {
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "CHAIN_KEY": settings.chain_key,
        "SITE_URL": settings.site_url,
        "TRUSTED_HOSTS": "portal.example",
        "CONTENT_DIR": str(settings.content_dir),
        "SITE_DIR": str(settings.site_dir),
        "VAR_DIR": str(settings.var_dir),
    }
    for name, value in environment.items():
        monkeypatch.setenv(f"MHCS_{name}", value)
    monkeypatch.setattr("os.umask", lambda _mask: 0)

    def command(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(arguments)
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


def test_preparing_publishes_what_there_is_and_loads_the_register(
    run: Run, database: Session
) -> None:
    assert run("prepare")[0] == 0

    assert database.scalar(select(func.count(Publication.id))) == 1
    assert database.scalar(select(func.count(Organisation.id))) == 4


def test_preparing_twice_does_nothing_more(run: Run, database: Session) -> None:
    run("prepare")
    run("prepare")

    assert database.scalar(select(func.count(Publication.id))) == 1
    assert database.scalar(select(func.count(Organisation.id))) == 4


def test_a_cast_is_for_a_demonstration_alone(run: Run, database: Session) -> None:
    code, _out, told = run("prepare", "--cast")

    assert code == 1
    assert "MHCS_DEMONSTRATION" in told
    assert database.scalar(select(func.count(Person.id))) == 0


def test_the_register_is_loaded_once(run: Run) -> None:
    assert run("load-register")[1] == "4 organisations were added.\n"
    assert run("load-register")[1] == "0 organisations were added.\n"


def test_a_person_is_added_with_a_password_that_is_shown_once(run: Run, database: Session) -> None:
    code, told, _err = run(
        *("add-person", "--name", "Some Body", "--email", "Some.Body@Portal.example"),
        *("--role", "administrator", "--role", "editor"),
    )

    person = database.scalars(select(Person)).one()
    password = told.splitlines()[-1].strip()
    assert code == 0
    assert person.email == "some.body@portal.example"
    assert person.roles == {Role.ADMINISTRATOR, Role.EDITOR}
    assert person.must_change_password
    assert re.fullmatch(r"(\w{4}-){3}\w{4}", password)
    assert password not in person.password_hash
    assert database.scalar(select(func.count(AuditEvent.id))) == 3


@pytest.mark.parametrize("email", ["nobody", "a@b", "a b@portal.example", "a@portal.example,b@c.d"])
def test_what_is_no_address_is_refused(run: Run, database: Session, email: str) -> None:
    code, _out, told = run("add-person", "--name", "A", "--email", email, "--role", "learner")

    assert code == 1
    assert "is not an e-mail address" in told
    assert database.scalar(select(func.count(Person.id))) == 0


def test_an_address_is_taken_once(run: Run) -> None:
    person = ("add-person", "--name", "A", "--email", "a@portal.example", "--role", "learner")
    run(*person)

    code, _out, told = run(*person)

    assert (code, told) == (1, "portal: somebody has the address a@portal.example already\n")


def test_verifying_prints_the_end_of_the_chain_and_writes_it_down(
    run: Run, settings: Settings
) -> None:
    run("prepare")

    code, told, _err = run("db", "verify")

    (anchor,) = read_anchors(anchor_file(settings.var_dir))
    assert code == 0
    assert told.splitlines()[-1].endswith(f"{anchor.position} {anchor.entry_hash}")


def test_verifying_fails_where_evidence_was_altered(
    run: Run, database: Session, settings: Settings
) -> None:
    run("prepare")
    if settings.sqlite_path is None:
        database.execute(text("ALTER TABLE audit_event DISABLE TRIGGER USER"))
    else:
        database.execute(text("DROP TRIGGER audit_event_no_update"))
    database.execute(text("UPDATE audit_event SET detail = 'altered' WHERE id = 1"))
    database.commit()

    code, told, _err = run("db", "verify")

    assert code == 1
    assert "FAIL  audit_event 1 is not what was recorded" in told
    assert not anchor_file(settings.var_dir).exists()


def test_a_torn_file_of_anchors_is_told_with_its_line(run: Run, settings: Settings) -> None:
    anchor_file(settings.var_dir).write_text("2026-11-23T09:00:00+00:00 3\n", "ascii")

    code, _out, told = run("db", "verify")

    assert code == 1
    assert "anchors.log:1: not an anchor" in told


def test_the_check_names_every_setting_with_pass_or_fail(run: Run) -> None:
    code, told, _err = run("check")

    lines = told.splitlines()
    assert code == 1
    assert [each for each in lines if each.startswith("FAIL")] == [
        "FAIL  the published site: not built yet"
    ]
    assert "pass  one-time codes for privileged roles: required" in lines
    assert all(re.match(r"(pass|FAIL)  [^:]+: .", each) for each in lines)


def test_an_upgrade_says_which_version_the_database_has(run: Run) -> None:
    assert re.fullmatch(r"The database is at version \d{4}\.\n", run("db", "upgrade")[1])


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("MHCS_SECRET_KEY", "", "MHCS_SECRET_KEY is not set"),
        ("MHCS_DATABASE_URL", "sqlite:////nowhere/portal.db", "there is no database at"),
        ("MHCS_DATABASE_URL", "postgresql+psycopg://127.0.0.1:1/none", "cannot be used"),
        ("MHCS_CONTENT_DIR", "/nowhere", "there is no folder"),
    ],
)
def test_what_is_wrong_is_told_in_one_line_each(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)

    code, out, err = run("db", "verify")

    assert code == 1
    assert out == ""
    assert told in err
    assert all(line.startswith("portal: ") for line in err.splitlines())


def test_no_command_uses_a_database_that_is_being_upgraded(run: Run, settings: Settings) -> None:
    if settings.sqlite_path is None:
        pytest.skip("a server sees to it itself")

    with sole_use(settings.sqlite_path):
        code, _out, told = run("prepare")

    assert (code, told) == (
        1,
        "portal: the database is being upgraded: try again in a minute\n",
    )


def test_a_port_that_is_taken_is_told(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, _out, told = run("serve", "--port", str(taken.getsockname()[1]))

    assert code == 1
    assert "cannot be used" in told
