"""An error page says whether anything was saved, and gives back what was typed."""

import logging
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portal.extensions import db
from portal.models import AuditEvent, Role
from tests.builders.browser import PortalClient
from tests.builders.probe import probe

SignIn = Callable[..., PortalClient]
LETTER = "A long answer, typed\nwith care & <thought>."


@pytest.fixture
def app(app: Flask) -> Flask:
    """The portal with views that fail."""
    app.register_blueprint(probe)
    return app


def _written(database: Session) -> int:
    asked = select(func.count()).select_from(AuditEvent).where(AuditEvent.action == "probe.written")
    return database.scalars(asked).one()


@pytest.fixture
def out_of_order(app: Flask) -> Callable[[str], None]:
    """Let a statement break every connection of the portal that is used from now on."""

    def break_by(statement: str) -> None:
        with app.app_context():
            event.listen(
                db.engine, "checkout", lambda connection, *_: connection.execute(statement)
            )

    return break_by


SQLITE_FAULTS = {
    "read-only": "PRAGMA query_only = ON",
    "full": "PRAGMA max_page_count = 1",
}


@pytest.mark.parametrize("fault", SQLITE_FAULTS)
def test_an_sqlite_file_that_takes_nothing_is_no_fault_of_the_visitor(
    client: PortalClient, database: Session, out_of_order: Callable[[str], None], fault: str
) -> None:
    if database.get_bind().dialect.name != "sqlite":
        pytest.skip("for SQLite")
    out_of_order(SQLITE_FAULTS[fault])

    response = client.post("/probe/write", data={"note": LETTER})

    assert response.status_code == 503
    assert "Nothing was saved." in response.text
    assert response.headers["Retry-After"] == "30"
    assert _written(database) == 0


def test_a_locked_sqlite_file_is_waited_for_and_then_reported(
    client: PortalClient, database: Session, out_of_order: Callable[[str], None]
) -> None:
    if database.get_bind().dialect.name != "sqlite":
        pytest.skip("for SQLite")
    out_of_order("PRAGMA busy_timeout = 20")
    database.execute(text("BEGIN IMMEDIATE"))

    response = client.post("/probe/write", data={"note": LETTER})
    database.execute(text("ROLLBACK"))

    assert response.status_code == 503
    assert "Nothing was saved." in response.text
    assert client.post("/probe/write").status_code == 303


def test_pages_stay_readable_while_somebody_writes(client: PortalClient, database: Session) -> None:
    if database.get_bind().dialect.name != "sqlite":
        pytest.skip("for SQLite")
    database.execute(text("BEGIN IMMEDIATE"))

    response = client.get("/readyz")
    database.execute(text("ROLLBACK"))

    assert response.status_code == 200


def test_a_server_that_takes_no_writing_is_no_fault_of_the_visitor(
    client: PortalClient, database: Session, out_of_order: Callable[[str], None]
) -> None:
    if database.get_bind().dialect.name != "postgresql":
        pytest.skip("for PostgreSQL")
    out_of_order("SET TRANSACTION READ ONLY")

    response = client.post("/probe/write", data={"note": LETTER})

    assert response.status_code == 503
    assert "Nothing was saved." in response.text


def test_a_lost_connection_is_mended_by_the_next_request(
    client: PortalClient, database: Session
) -> None:
    if database.get_bind().dialect.name != "postgresql":
        pytest.skip("for PostgreSQL")
    client.get("/readyz")
    others = "FROM pg_stat_activity WHERE datname = current_database()"
    database.execute(text(f"SELECT pg_terminate_backend(pid) {others} AND pid <> pg_backend_pid()"))

    assert client.post("/probe/write").status_code == 303


def test_what_was_typed_can_be_sent_again_as_it_was(
    client: PortalClient, out_of_order: Callable[[str], None], database: Session
) -> None:
    if database.get_bind().dialect.name != "sqlite":
        pytest.skip("for SQLite")
    out_of_order("PRAGMA query_only = ON")

    page = client.post("/probe/write", data={"note": LETTER, "choice": ["a", "b"]}).text

    assert "A long answer, typed\nwith care &amp; &lt;thought&gt;." in page
    assert '<input type="hidden" name="choice" value="a">' in page
    assert '<input type="hidden" name="choice" value="b">' in page
    assert "Send it again" in page


def test_a_password_is_never_given_back(
    client: PortalClient, out_of_order: Callable[[str], None], database: Session
) -> None:
    if database.get_bind().dialect.name != "sqlite":
        pytest.skip("for SQLite")
    out_of_order("PRAGMA query_only = ON")

    page = client.post("/probe/write", data={"password": "three plain words"}).text

    assert "three plain words" not in page
    assert "Send it again" not in page


def test_a_failure_before_the_commit_saves_nothing_and_says_so(
    client: PortalClient, database: Session, caplog: pytest.LogCaptureFixture
) -> None:
    response = client.post("/probe/fail-before", data={"note": LETTER})

    assert response.status_code == 500
    assert "Nothing was saved." in response.text
    assert "with care &amp; &lt;thought&gt;" in response.text
    assert _written(database) == 0
    assert [each for each in caplog.records if each.levelno == logging.ERROR]


def test_a_failure_after_the_commit_says_that_it_was_saved(
    client: PortalClient, database: Session
) -> None:
    response = client.post("/probe/fail-after")

    assert response.status_code == 500
    assert "What you sent was saved." in response.text
    assert "Send it again" not in response.text
    assert _written(database) == 1


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        ("disk I/O error", "We cannot tell whether what you sent was saved."),
        ("server closed the connection", "We cannot tell whether what you sent was saved."),
        ("database is locked", "Nothing was saved."),
        ("database or disk is full", "Nothing was saved."),
    ],
)
def test_a_commit_that_fails_is_told_as_far_as_it_is_known(
    app: Flask, client: PortalClient, failure: str, told: str
) -> None:
    def fail(_connection: object) -> None:
        raise OperationalError("COMMIT", None, Exception(failure))

    with app.app_context():
        event.listen(db.engine, "commit", fail)

    response = client.post("/probe/write", data={"note": LETTER})

    assert response.status_code == 503
    assert told in response.text
    assert "Send it again" in response.text


def test_a_failed_page_shows_nothing_of_the_inside_but_its_number(
    client: PortalClient, caplog: pytest.LogCaptureFixture
) -> None:
    response = client.get("/probe/fail")

    number = response.text.partition("Request number: ")[2][:12]
    assert response.status_code == 500
    assert "secret" not in response.text
    assert "RuntimeError" not in response.text
    assert any(number in each.getMessage() for each in caplog.records)


def test_a_page_that_only_reads_cannot_write(client: PortalClient, database: Session) -> None:
    assert client.get("/probe/write-on-get").status_code == 500
    assert _written(database) == 0


def test_a_page_that_says_so_may_note_that_it_was_looked_at(
    client: PortalClient, database: Session
) -> None:
    assert client.get("/probe/recorded").text == "shown"
    assert _written(database) == 1


def test_a_form_without_its_token_is_refused_and_kept(
    client: PortalClient, database: Session
) -> None:
    response = client.post("/probe/write", data={"note": LETTER}, token=False)

    assert response.status_code == 400
    assert "This form is out of date" in response.text
    assert "with care &amp; &lt;thought&gt;" in response.text
    # Whoever was tricked into sending it is not offered to send it on.
    assert "Send it again" not in response.text
    assert _written(database) == 0


def test_a_form_from_another_site_is_refused(client: PortalClient, database: Session) -> None:
    response = client.post("/probe/write", headers={"Referer": "https://evil.example/"})

    assert response.status_code == 400
    assert _written(database) == 0


def test_whoever_was_signed_out_while_typing_gets_the_text_back(client: PortalClient) -> None:
    response = client.post("/probe/mine", data={"note": LETTER})

    assert response.status_code == 401
    assert "You have been signed out" in response.text
    assert "with care &amp; &lt;thought&gt;" in response.text


def test_a_page_for_others_says_who_can_give_access(sign_in: SignIn) -> None:
    response = sign_in(Role.LEARNER).post("/probe/editors")

    assert response.status_code == 403
    assert "the role: Guidance editor or Administrator" in response.text
    assert "An administrator can give you a role." in response.text


def test_a_refusal_is_in_the_trail(sign_in: SignIn, database: Session) -> None:
    learner = sign_in(Role.LEARNER)
    learner.get("/probe/editors")

    found = database.scalars(select(AuditEvent).where(AuditEvent.action == "access.refused")).one()
    assert (found.actor_id, found.subject) == (learner.person_id, "probe.editors")


def test_an_unknown_page_is_not_found(client: PortalClient) -> None:
    response = client.get("/no/such/page")

    assert response.status_code == 404
    assert "Page not found" in response.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_a_page_takes_no_method_but_its_own(client: PortalClient, method: str) -> None:
    assert client.open("/probe/mine", method=method).status_code == 405


def test_too_large_a_form_is_refused_in_words(client: PortalClient) -> None:
    response = client.post("/probe/write", data={"note": "x" * 1_000_001})

    assert response.status_code == 413
    assert "That is too much at once" in response.text


def test_too_many_fields_are_refused(client: PortalClient, database: Session) -> None:
    response = client.post("/probe/write", data={f"field-{n}": "" for n in range(200)})

    assert response.status_code == 413
    assert _written(database) == 0


@pytest.mark.parametrize("address", ["/guidance/a%00b/", "/probe/mine?q=%00", "/readyz?%00=a"])
def test_a_nul_in_an_address_is_refused(client: PortalClient, address: str) -> None:
    assert client.get(address).status_code == 400


def test_a_nul_in_a_form_is_refused(client: PortalClient, database: Session) -> None:
    assert client.post("/probe/write", data={"note": "a\0b"}).status_code == 400
    assert _written(database) == 0


def test_a_host_that_is_not_ours_is_refused(client: PortalClient) -> None:
    response = client.get("/readyz", base_url="https://evil.example")

    assert response.status_code == 400
    assert "evil" not in response.text
