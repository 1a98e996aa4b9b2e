"""Signing in and out: who gets in, who does not, and what neither of them learns."""

import re
import time
from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.app import create_app
from portal.extensions import db
from portal.models import AuditEvent, LoginFailure, LoginSession, Role
from portal.passwords import Passwords
from portal.settings import Settings
from tests.builders.accounts import COOKIE, PASSWORD, enter, token_of, with_password
from tests.builders.browser import PortalClient
from tests.portal.conftest import Clock

WRONG = "The email address or the password is wrong"


def actions(database: Session) -> list[str]:
    return list(database.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def test_the_page_asks_for_both_and_keeps_the_address_on_an_error(client: PortalClient) -> None:
    response = enter(client, "someone@portal.example", "")

    assert response.status_code == 200
    assert "Enter your password" in response.text
    assert 'value="someone@portal.example"' in response.text
    assert "There is a problem" in response.text


@pytest.mark.parametrize(
    ("role", "home"),
    [
        (Role.LEARNER, "/training/"),
        (Role.MANAGER, "/team/"),
        (Role.ENGAGEMENT_OFFICER, "/stakeholders/"),
        (Role.EDITOR, "/publishing/"),
        (Role.MENTOR, "/sign-offs/"),
        (Role.ADMINISTRATOR, "/administration/"),
    ],
)
def test_a_right_password_leads_home(
    client: PortalClient, database: Session, role: Role, home: str
) -> None:
    person = with_password(database, role)

    response = enter(client, person.email)

    assert (response.status_code, response.location) == (303, home)
    assert client.get("/account").status_code == 200
    assert actions(database) == ["sign-in.succeeded"]


def test_an_address_is_the_same_in_capitals_and_with_spaces(
    client: PortalClient, database: Session
) -> None:
    person = with_password(database)

    assert enter(client, f"  {person.email.upper()} ").status_code == 303


def test_somebody_who_asked_for_a_page_goes_there(client: PortalClient, database: Session) -> None:
    person = with_password(database, Role.LEARNER)
    asked = client.get("/account/password")
    assert asked.status_code == 302

    response = client.post(asked.location, data={"email": person.email, "password": PASSWORD})

    assert response.location == "/account/password"


@pytest.mark.parametrize(
    "asked", ["//evil.example", "/%09/evil.example", "https:evil.example", "/\\evil.example"]
)
def test_nobody_is_led_to_another_site(client: PortalClient, database: Session, asked: str) -> None:
    person = with_password(database, Role.LEARNER)

    assert enter(client, person.email, next_=asked).location == "/training/"


def test_a_wrong_password_lets_nobody_in_and_is_noted(
    client: PortalClient, database: Session
) -> None:
    person = with_password(database, Role.LEARNER)

    response = enter(client, person.email, "my dog eats odd sock")

    assert response.status_code == 200
    assert WRONG in response.text
    assert token_of(client) == ""
    assert client.get("/account").status_code == 302
    event = database.scalars(select(AuditEvent)).one()
    assert (event.action, event.actor_id) == ("sign-in.failed", None)
    assert event.subject == f"person:{person.public_id}"


def test_nothing_tells_an_unknown_account_from_a_wrong_password_or_a_disabled_one(
    client: PortalClient, database: Session
) -> None:
    known, disabled = with_password(database), with_password(database, active=False)
    unknown = "nobody@portal.example"

    def seen(response: TestResponse, email: str) -> tuple[int, str]:
        page = re.sub(r'name="csrf_token" value="[^"]+"', "", response.text)
        return response.status_code, page.replace(email, "EMAIL")

    answers = {
        seen(response, email)
        for email, response in (
            (known.email, enter(client, known.email, "a wrong password")),
            (disabled.email, enter(client, disabled.email, PASSWORD)),
            (unknown, enter(client, unknown, PASSWORD)),
        )
    }

    assert len(answers) == 1


def test_an_unknown_account_is_delayed_like_a_known_one(
    client: PortalClient, database: Session
) -> None:
    known = with_password(database)

    for email in (known.email, "nobody@portal.example"):
        statuses = [
            enter(client, email, "wrong", address="192.0.2.1").status_code for _ in range(6)
        ]
        assert statuses == [200, 200, 200, 200, 200, 429]


def test_an_unknown_account_costs_as_much_work_as_a_known_one(
    settings: Settings, clock: Clock, database: Session
) -> None:
    # With the real work: 19 MiB, so that hashing outweighs all else.
    app = create_app(replace(settings, cheap_passwords=False), clock)
    app.test_client_class = PortalClient
    client = cast(PortalClient, app.test_client())
    known = with_password(database)
    known.password_hash = Passwords().hash(PASSWORD)
    database.commit()

    def work(email: str) -> float:
        before = time.process_time()
        assert enter(client, email, "a wrong password").status_code == 200
        return time.process_time() - before

    work(known.email)  # the first request pays for what is made once
    costs = {email: [work(email) for _ in range(2)] for email in (known.email, "nobody@a.example")}
    with app.app_context():
        db.engine.dispose()

    assert 0.5 < min(costs[known.email]) / min(costs["nobody@a.example"]) < 2


def test_what_was_typed_is_nowhere_in_the_database(client: PortalClient, database: Session) -> None:
    enter(client, "my secret in the wrong box", "and another secret")

    rows = [row.key for row in database.scalars(select(LoginFailure))]
    events = [f"{e.subject} {e.detail}" for e in database.scalars(select(AuditEvent))]
    assert rows
    assert events
    assert not any("secret" in text for text in rows + events)


def test_guesses_are_slowed_down_and_let_through_when_the_delay_is_over(
    client: PortalClient, database: Session, clock: Clock
) -> None:
    person = with_password(database, Role.LEARNER)
    for _ in range(6):
        enter(client, person.email, "wrong", address="192.0.2.1")
        clock.move(seconds=1)

    response = enter(client, person.email, address="192.0.2.1")
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "1"
    assert "Wait 1 second, then try again" in response.text

    clock.move(seconds=1)
    assert enter(client, person.email, address="192.0.2.1").status_code == 303


def test_a_stranger_does_not_delay_the_owner_who_is_elsewhere(
    client: PortalClient, database: Session
) -> None:
    person = with_password(database, Role.LEARNER)
    for _ in range(20):
        enter(client, person.email, "wrong", address="198.51.100.7")

    assert enter(client, person.email, address="192.0.2.1").status_code == 303


def test_a_browser_that_was_signed_in_before_is_not_delayed_by_guesses_from_everywhere(
    app: Flask, client: PortalClient, database: Session
) -> None:
    person = with_password(database, Role.LEARNER)
    enter(client, person.email)
    client.post("/sign-out")
    strangers = cast(PortalClient, app.test_client())
    for number in range(60):
        enter(strangers, person.email, "wrong", address=f"198.51.100.{number}")

    assert enter(strangers, person.email, address="203.0.113.9").status_code == 429
    assert enter(client, person.email).status_code == 303


def test_a_known_browser_is_known_for_its_own_account_alone(
    client: PortalClient, database: Session
) -> None:
    own, other = with_password(database), with_password(database)
    enter(client, own.email)

    for _ in range(5):
        enter(client, other.email, "wrong", address="192.0.2.1")

    assert enter(client, other.email, address="192.0.2.1").status_code == 429


def test_one_password_tried_on_everybody_is_slowed_down(client: PortalClient) -> None:
    statuses = [
        enter(client, f"person-{number}@portal.example", address="192.0.2.1").status_code
        for number in range(31)
    ]

    assert statuses == [200] * 30 + [429]


def test_every_sign_in_begins_a_new_session_and_ends_the_one_of_this_browser(
    client: PortalClient, database: Session
) -> None:
    person = with_password(database, Role.LEARNER)
    client.set_cookie(COOKIE, "chosen-by-somebody-else", domain="portal.example", secure=True)

    enter(client, person.email)
    first = token_of(client)
    enter(client, person.email)

    assert token_of(client) not in {first, "chosen-by-somebody-else", ""}
    assert len(database.scalars(select(LoginSession)).all()) == 1


def test_a_form_token_from_before_signing_in_is_worth_nothing_afterwards(
    client: PortalClient, database: Session
) -> None:
    person = with_password(database, Role.LEARNER)
    before = client.form_token()
    client.get("/sign-in")
    enter(client, person.email)

    response = client.post("/sign-out", token=False, data={"csrf_token": before})

    assert response.status_code == 400
    assert client.get("/account").status_code == 200


def test_the_cookie_is_kept_from_scripts_other_sites_and_plain_http(
    client: PortalClient, database: Session
) -> None:
    person = with_password(database, Role.LEARNER)

    cookies = enter(client, person.email).headers.getlist("Set-Cookie")

    ours = [each for each in cookies if each.startswith("__Host-")]
    assert len(ours) >= 2
    for each in ours:
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(each.split("; "))
        assert "Domain" not in each
    # The session ends with the browser.
    assert not any(each.startswith(COOKIE) and "Max-Age" in each for each in ours)


def test_the_database_does_not_hold_the_token(client: PortalClient, database: Session) -> None:
    enter(client, with_password(database).email)

    row = database.scalars(select(LoginSession)).one()

    assert token_of(client) not in {row.token_hash, row.public_id}


def test_signing_out_ends_the_session_on_the_server(
    client: PortalClient, database: Session
) -> None:
    person = with_password(database, Role.LEARNER)
    enter(client, person.email)
    stolen = token_of(client)

    response = client.post("/sign-out")

    assert (response.status_code, response.location) == (303, "/sign-in")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "You are signed out" in client.get("/sign-in").text
    client.set_cookie(COOKIE, stolen, domain="portal.example", secure=True)
    assert client.get("/account").status_code == 302
    assert actions(database) == ["sign-in.succeeded", "sign-out"]


def test_signing_out_twice_is_no_error(client: PortalClient, database: Session) -> None:
    enter(client, with_password(database).email)

    assert [client.post("/sign-out").status_code for _ in range(2)] == [303, 303]


def test_following_a_link_signs_nobody_out(client: PortalClient, database: Session) -> None:
    enter(client, with_password(database).email)

    assert client.get("/sign-out").status_code == 405
    assert client.get("/account").status_code == 200


def test_a_disabled_account_is_out_with_its_next_request(
    client: PortalClient, database: Session
) -> None:
    person = with_password(database, Role.LEARNER)
    enter(client, person.email)

    person.active = False
    database.commit()

    assert client.get("/account").status_code == 302
    assert client.post("/account/sessions/end-others").status_code == 401


@pytest.mark.parametrize(
    ("role", "minutes"), [(Role.LEARNER, 30), (Role.MANAGER, 30), (Role.ADMINISTRATOR, 15)]
)
def test_an_idle_session_ends(
    sign_in: Callable[..., PortalClient], clock: Clock, role: Role, minutes: int
) -> None:
    browser = sign_in(role)
    clock.move(minutes=minutes)
    assert browser.get("/account").status_code == 200
    clock.move(minutes=minutes - 1)
    assert browser.get("/account").status_code == 200

    clock.move(minutes=minutes, seconds=61)

    assert browser.get("/account").status_code == 302


def test_even_a_busy_session_ends_after_twelve_hours(
    sign_in: Callable[..., PortalClient], clock: Clock
) -> None:
    browser = sign_in(Role.LEARNER)
    for _ in range(36):
        clock.move(minutes=20)
        assert browser.get("/account").status_code == 200

    clock.move(minutes=1)

    assert browser.get("/account").status_code == 302


def test_pages_for_everybody_do_not_keep_a_session_alive(
    sign_in: Callable[..., PortalClient], clock: Clock
) -> None:
    browser = sign_in(Role.LEARNER)
    for _ in range(4):
        clock.move(minutes=10)
        browser.get("/healthz")

    assert browser.get("/account").status_code == 302


def test_a_clock_put_back_signs_nobody_out(
    sign_in: Callable[..., PortalClient], clock: Clock
) -> None:
    browser = sign_in(Role.LEARNER)
    clock.move(minutes=10)
    browser.get("/account")

    clock.move(hours=-2)

    assert browser.get("/account").status_code == 200


def test_a_hash_made_with_less_work_is_made_again_at_sign_in(
    settings: Settings, clock: Clock, database: Session
) -> None:
    person = with_password(database, Role.LEARNER)
    app = create_app(replace(settings, cheap_passwords=False), clock)
    app.test_client_class = PortalClient

    response = enter(cast(PortalClient, app.test_client()), person.email)
    with app.app_context():
        db.engine.dispose()

    assert response.status_code == 303
    database.refresh(person)
    assert not Passwords().needs_rehash(person.password_hash)
    assert Passwords().matches(person.password_hash, PASSWORD)


def test_whoever_is_signed_in_is_led_on_from_the_sign_in_page(
    sign_in: Callable[..., PortalClient],
) -> None:
    assert sign_in(Role.EDITOR).get("/sign-in").location == "/publishing/"


def test_old_sessions_are_swept_away(
    client: PortalClient, database: Session, sign_in: Callable[..., PortalClient], clock: Clock
) -> None:
    sign_in(Role.LEARNER)
    clock.move(hours=13)

    enter(client, with_password(database).email)

    assert len(database.scalars(select(LoginSession)).all()) == 1


@pytest.mark.parametrize("text", ["\u202e", "é" * 99, "x" * 5000, "' OR 1=1 --", "a\nb", "🙂", "%"])
def test_whatever_is_typed_is_only_text(client: PortalClient, database: Session, text: str) -> None:
    with_password(database)

    for email, password in ((text, PASSWORD), ("somebody@portal.example", text), (text, text)):
        response = enter(client, email, password)
        assert response.status_code == 200
        assert "There is a problem" in response.text
