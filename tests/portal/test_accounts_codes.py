"""One-time codes: set up by scanning, asked for at sign-in, each good for one use."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.app import create_app
from portal.destinations import home_of
from portal.extensions import db
from portal.models import AuditEvent, LoginSession, Person, Role
from portal.one_time_codes import accepted_step, candidate, in_groups
from portal.settings import Settings
from tests.builders.accounts import (
    COOKIE,
    PASSWORD,
    SECRET,
    code_at,
    enter,
    token_of,
    with_password,
)
from tests.builders.browser import PortalClient
from tests.portal.conftest import Clock

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def strict(settings: Settings, clock: Clock) -> Iterator[Flask]:
    """The portal where privileged people need codes."""
    app = create_app(replace(settings, require_totp=True), clock)
    app.test_client_class = PortalClient
    yield app
    with app.app_context():
        db.engine.dispose()


def browser_of(app: Flask) -> PortalClient:
    return cast(PortalClient, app.test_client())


def shown_secret(page: str) -> str:
    """The key that the page offers to type in."""
    found = re.search(r'app-secret">([A-Z2-7 ]+)<', page)
    assert found
    return found[1].replace(" ", "")


def test_a_code_of_now_or_half_a_minute_either_way_is_right() -> None:
    for seconds in (-30, 0, 30):
        assert accepted_step(SECRET, code_at(NOON + timedelta(seconds=seconds)), None, NOON)
    for seconds in (-90, 90):
        typed = code_at(NOON + timedelta(seconds=seconds))
        assert accepted_step(SECRET, typed, None, NOON) is None


def test_a_code_is_not_right_again_nor_is_an_older_one() -> None:
    step = accepted_step(SECRET, code_at(NOON), None, NOON)

    assert accepted_step(SECRET, code_at(NOON), step, NOON) is None
    older = code_at(NOON - timedelta(seconds=30))
    assert accepted_step(SECRET, older, step, NOON) is None
    later = NOON + timedelta(seconds=30)
    assert accepted_step(SECRET, code_at(later), step, later) == (step or 0) + 1


def test_spaces_in_a_code_do_not_matter_and_anything_else_does() -> None:
    code = code_at(NOON)

    assert accepted_step(SECRET, f" {code[:3]} {code[3:]} ", None, NOON)
    arabic = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    for typed in ("", "12345", f"{code}0", "abcdef", arabic, "1e5", "-12345"):
        assert accepted_step(SECRET, typed, None, NOON) is None


def test_the_secret_on_offer_belongs_to_the_session_and_the_secret_it_replaces() -> None:
    key = "k" * 40

    assert candidate(key, "session", None) == candidate(key, "session", None)
    others = {
        candidate(key, "other", None),
        candidate(key, "session", SECRET),
        candidate("l" * 40, "session", None),
    }
    assert candidate(key, "session", None) not in others
    assert len(others) == 3
    assert re.fullmatch(r"[A-Z2-7]{32}", candidate(key, "session", None))
    assert in_groups("ABCDEFGH") == "ABCD EFGH"


def test_whoever_has_codes_is_asked_for_one(
    client: PortalClient, database: Session, clock: Clock
) -> None:
    person = with_password(database, Role.EDITOR, codes=True)

    response = enter(client, person.email, next_="/account/password")

    assert response.location == "/sign-in/code?next=/account/password"
    half_way = token_of(client)
    assert client.get("/account").status_code == 302
    done = client.post(response.location, data={"code": code_at(clock())})
    assert (done.status_code, done.location) == (303, "/account/password")
    assert token_of(client) not in {half_way, ""}
    assert client.get("/account").status_code == 200
    client.set_cookie(COOKIE, half_way, domain="portal.example", secure=True)
    assert client.get("/account").status_code == 302


def test_a_code_opens_one_session_only(app: Flask, database: Session, clock: Clock) -> None:
    person = with_password(database, Role.EDITOR, codes=True)
    owner, thief = browser_of(app), browser_of(app)
    code = code_at(clock())
    for browser in (owner, thief):
        enter(browser, person.email)

    assert owner.post("/sign-in/code", data={"code": code}).status_code == 303
    refused = thief.post("/sign-in/code", data={"code": code})

    assert refused.status_code == 200
    assert "wrong or has been used" in refused.text
    assert thief.get("/account").status_code == 302


def test_codes_cannot_be_guessed_by_trying(
    client: PortalClient, database: Session, clock: Clock
) -> None:
    person = with_password(database, Role.EDITOR, codes=True)
    enter(client, person.email)
    statuses = [
        client.post("/sign-in/code", data={"code": f"00000{number}"}).status_code
        for number in range(6)
    ]
    assert statuses == [200] * 5 + [429]

    # Right, but too soon; and a new start does not start the count again.
    assert client.post("/sign-in/code", data={"code": code_at(clock())}).status_code == 429
    enter(client, person.email)
    assert client.post("/sign-in/code", data={"code": code_at(clock())}).status_code == 429

    clock.move(seconds=1)
    assert client.post("/sign-in/code", data={"code": code_at(clock())}).status_code == 303


def test_the_second_step_is_there_for_ten_minutes(
    client: PortalClient, database: Session, clock: Clock
) -> None:
    person = with_password(database, Role.EDITOR, codes=True)
    enter(client, person.email)

    clock.move(minutes=11)

    response = client.post("/sign-in/code", data={"code": code_at(clock())})
    assert (response.status_code, response.location) == (303, "/sign-in")


def test_the_second_step_is_nothing_without_the_first(client: PortalClient, clock: Clock) -> None:
    assert client.get("/sign-in/code").location == "/sign-in"
    assert client.post("/sign-in/code", data={"code": code_at(clock())}).location == "/sign-in"


def test_a_missing_code_is_asked_for(client: PortalClient, database: Session) -> None:
    enter(client, with_password(database, codes=True).email)

    page = client.post("/sign-in/code", data={"code": " "}).text

    assert "Enter the code from your authenticator app" in page


@pytest.mark.parametrize(
    "role", [Role.MANAGER, Role.EDITOR, Role.ENGAGEMENT_OFFICER, Role.ADMINISTRATOR]
)
def test_a_privileged_person_sets_codes_up_before_anything_else(
    strict: Flask, database: Session, clock: Clock, role: Role
) -> None:
    person = with_password(database, role)
    browser = browser_of(strict)
    enter(browser, person.email)

    assert browser.get("/account").location == "/account/codes"
    assert browser.post("/account/sessions/end-others").location == "/account/codes"
    before = token_of(browser)
    page = browser.get("/account/codes").text
    secret = shown_secret(page)
    assert "<svg" in page
    assert 'style="' not in page
    done = browser.post("/account/codes", data={"code": code_at(clock(), secret)})

    assert (done.status_code, done.location) == (303, home_of(person.roles))
    assert token_of(browser) not in {before, ""}
    assert browser.get("/account").status_code == 200
    database.refresh(person)
    assert person.totp_secret == secret


@pytest.mark.parametrize("role", [Role.LEARNER, Role.MENTOR])
def test_others_need_no_codes(strict: Flask, database: Session, role: Role) -> None:
    browser = browser_of(strict)
    enter(browser, with_password(database, role).email)

    assert browser.get("/account").status_code == 200


def test_the_code_that_set_codes_up_opens_nothing_afterwards(
    strict: Flask, database: Session, clock: Clock
) -> None:
    person = with_password(database, Role.EDITOR)
    browser = browser_of(strict)
    enter(browser, person.email)
    secret = shown_secret(browser.get("/account/codes").text)
    code = code_at(clock(), secret)
    browser.post("/account/codes", data={"code": code})

    other = browser_of(strict)
    enter(other, person.email)

    assert other.post("/sign-in/code", data={"code": code}).status_code == 200


def test_setting_up_needs_a_right_code(strict: Flask, database: Session) -> None:
    person = with_password(database, Role.EDITOR)
    browser = browser_of(strict)
    enter(browser, person.email)

    response = browser.post("/account/codes", data={"code": "000000"})

    assert "wrong or has been used" in response.text
    database.refresh(person)
    assert person.totp_secret is None


def test_a_secret_sent_by_the_browser_is_ignored(
    strict: Flask, database: Session, clock: Clock
) -> None:
    person = with_password(database, Role.EDITOR)
    browser = browser_of(strict)
    enter(browser, person.email)

    browser.post("/account/codes", data={"code": code_at(clock()), "secret": SECRET})

    database.refresh(person)
    assert person.totp_secret is None


def test_new_codes_replace_old_ones_and_end_other_sessions(
    app: Flask, database: Session, clock: Clock
) -> None:
    person = with_password(database, codes=True)
    here, there = browser_of(app), browser_of(app)
    for browser in (there, here):
        enter(browser, person.email)
        browser.post("/sign-in/code", data={"code": code_at(clock())})
        clock.move(seconds=30)
    secret = shown_secret(here.get("/account/codes").text)

    here.post("/account/codes", data={"code": code_at(clock(), secret)})

    database.refresh(person)
    assert person.totp_secret == secret != SECRET
    assert there.get("/account").status_code == 302
    assert here.get("/account").status_code == 200


def test_a_session_that_is_not_fresh_shows_the_password_again(
    client: PortalClient, database: Session, clock: Clock
) -> None:
    person = with_password(database)
    enter(client, person.email)
    clock.move(minutes=11)
    secret = shown_secret(client.get("/account/codes").text)

    def send(password: str) -> str:
        code = code_at(clock(), secret)
        return client.post("/account/codes", data={"code": code, "password": password}).text

    assert "Enter your password" in send("")
    assert "This is not your password" in send("wrong")
    database.refresh(person)
    assert person.totp_secret is None
    send(PASSWORD)
    database.refresh(person)
    assert person.totp_secret == secret


def test_codes_can_be_given_up_where_nothing_requires_them(
    client: PortalClient, database: Session, clock: Clock
) -> None:
    person = with_password(database, codes=True)
    enter(client, person.email)
    client.post("/sign-in/code", data={"code": code_at(clock())})

    assert (
        "This is not your password"
        in client.post("/account/codes/remove", data={"password": "wrong"}).text
    )
    response = client.post("/account/codes/remove", data={"password": PASSWORD})

    assert response.location == "/account"
    assert has_codes(database, person) is False
    assert actions(database)[-1] == "codes.removed"


def test_codes_that_are_required_cannot_be_given_up(
    strict: Flask, database: Session, clock: Clock
) -> None:
    person = with_password(database, Role.EDITOR, codes=True)
    browser = browser_of(strict)
    enter(browser, person.email)
    browser.post("/sign-in/code", data={"code": code_at(clock())})

    assert browser.get("/account/codes/remove").status_code == 404
    assert browser.post("/account/codes/remove", data={"password": PASSWORD}).status_code == 404
    assert has_codes(database, person)


def test_every_step_is_in_the_trail(client: PortalClient, database: Session, clock: Clock) -> None:
    person = with_password(database, codes=True)
    enter(client, person.email)
    client.post("/sign-in/code", data={"code": "000000"})
    client.post("/sign-in/code", data={"code": code_at(clock())})

    assert actions(database) == ["sign-in.code-failed", "sign-in.succeeded"]
    assert all(s.complete for s in database.scalars(select(LoginSession)))


def has_codes(database: Session, person: Person) -> bool:
    database.refresh(person)
    return person.totp_secret is not None


def actions(database: Session) -> list[str]:
    return list(database.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))
