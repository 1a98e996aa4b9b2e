"""Somebody's own account: the password, and the browsers that are signed in."""

from collections.abc import Callable
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import AuditEvent, LoginSession, Role
from portal.sessions import browser_words
from tests.builders.accounts import COOKIE, PASSWORD, enter, token_of, with_password
from tests.builders.browser import PortalClient
from tests.portal.conftest import Clock

NEW = "gor hen wlad fy nhadau"


def change(client: PortalClient, password: str = PASSWORD, new: str = NEW) -> str:
    data = {"password": password, "new_password": new}
    return client.post("/account/password", data=data, follow_redirects=True).text


def another(app: Flask) -> PortalClient:
    return cast(PortalClient, app.test_client())


def actions(database: Session) -> list[str]:
    return list(database.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/account"),
        ("GET", "/account/password"),
        ("POST", "/account/password"),
        ("GET", "/account/codes"),
        ("POST", "/account/codes"),
        ("GET", "/account/codes/remove"),
        ("POST", "/account/codes/remove"),
        ("POST", "/account/sessions/x/end"),
        ("POST", "/account/sessions/end-others"),
    ],
)
def test_the_account_is_for_whoever_is_signed_in(
    client: PortalClient, method: str, path: str
) -> None:
    response = client.get(path) if method == "GET" else client.post(path)

    assert response.status_code == (302 if method == "GET" else 401)


def test_the_account_says_what_is_known_of_somebody(
    sign_in: Callable[..., PortalClient],
) -> None:
    page = sign_in(Role.MANAGER, Role.LEARNER, name="Manager A").get("/account").text

    assert "Manager A" in page
    assert "Learner, Manager" in page
    assert "(this one)" in page


def test_a_new_password_replaces_the_old_one(
    app: Flask, client: PortalClient, database: Session
) -> None:
    person = with_password(database)
    enter(client, person.email)

    assert "Your password is changed" in change(client)

    assert "password is wrong" in enter(another(app), person.email).text
    assert enter(another(app), person.email, NEW).status_code == 303


def test_a_new_password_ends_every_session_and_renews_this_one(
    app: Flask, client: PortalClient, database: Session
) -> None:
    person = with_password(database)
    elsewhere = another(app)
    for browser in (elsewhere, client):
        enter(browser, person.email)
    before = token_of(client)

    change(client)

    assert elsewhere.get("/account").status_code == 302
    assert client.get("/account").status_code == 200
    assert token_of(client) != before
    client.set_cookie(COOKIE, before, domain="portal.example", secure=True)
    assert client.get("/account").status_code == 302


def test_a_change_needs_the_present_password(client: PortalClient, database: Session) -> None:
    person = with_password(database)
    enter(client, person.email)
    before = person.password_hash

    assert "This is not your password" in change(client, "wrong")

    database.refresh(person)
    assert person.password_hash == before
    assert actions(database) == ["sign-in.succeeded", "password.check-failed"]


def test_whoever_found_an_open_session_cannot_guess_the_password(
    client: PortalClient, database: Session, clock: Clock
) -> None:
    enter(client, with_password(database).email)
    for _ in range(5):
        change(client, "wrong")

    assert "too many wrong tries" in change(client)
    clock.move(seconds=1)
    assert "Your password is changed" in change(client)


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("", "Enter a new password"),
        ("eleven char", "Use 12 characters or more"),
        ("x7" * 65, "Use 128 characters or fewer"),
        ("Password2026!", "harder to guess"),
        ("mhcs training portal", "harder to guess"),
        (PASSWORD, "not the one you have now"),
    ],
)
def test_a_poor_password_is_refused_with_what_to_do(
    client: PortalClient, database: Session, new: str, told: str
) -> None:
    person = with_password(database)
    enter(client, person.email)
    before = person.password_hash

    page = change(client, new=new)

    assert told in page
    assert PASSWORD not in page
    database.refresh(person)
    assert person.password_hash == before


def test_the_persons_own_name_and_address_are_poor_passwords(
    client: PortalClient, database: Session
) -> None:
    person = with_password(database)
    person.name = "Angharad Llywelyn"
    database.commit()
    enter(client, person.email)

    assert "harder to guess" in change(client, new="Angharad-Llywelyn-1")


def test_a_password_may_have_128_characters(
    app: Flask, client: PortalClient, database: Session
) -> None:
    person = with_password(database)
    enter(client, person.email)
    longest = "tg6h k2mn 9xpq wv4r " * 6 + "12345678"

    change(client, new=longest)

    assert len(longest) == 128
    assert enter(another(app), person.email, longest).status_code == 303
    assert enter(another(app), person.email, longest[:-1]).status_code == 200


def test_a_password_that_somebody_else_set_is_changed_before_anything_else(
    client: PortalClient, database: Session
) -> None:
    person = with_password(database, Role.LEARNER)
    person.must_change_password = True
    database.commit()
    enter(client, person.email)

    assert client.get("/account").location == "/account/password"
    assert client.post("/account/sessions/end-others").location == "/account/password"
    assert client.get("/healthz").status_code == 200
    assert "Choose your own password" in client.get("/account/password").text
    change(client)

    assert client.get("/account").status_code == 200
    database.refresh(person)
    assert person.must_change_password is False


def test_whoever_must_change_the_password_can_sign_out(
    client: PortalClient, database: Session
) -> None:
    person = with_password(database)
    person.must_change_password = True
    database.commit()
    enter(client, person.email)

    assert client.post("/sign-out").location == "/sign-in"


def test_somebody_ends_their_session_elsewhere(
    app: Flask, client: PortalClient, database: Session
) -> None:
    person = with_password(database)
    elsewhere = another(app)
    enter(elsewhere, person.email)
    other = database.scalars(select(LoginSession.public_id)).one()
    enter(client, person.email)

    page = client.get("/account").text
    assert f"/account/sessions/{other}/end" in page
    response = client.post(f"/account/sessions/{other}/end")

    assert response.location == "/account"
    assert elsewhere.get("/account").status_code == 302
    assert actions(database)[-1] == "session.ended"


def test_somebody_elses_session_is_not_found(
    app: Flask, client: PortalClient, database: Session
) -> None:
    victim = another(app)
    enter(victim, with_password(database).email)
    theirs = database.scalars(select(LoginSession.public_id)).one()
    enter(client, with_password(database).email)

    assert client.post(f"/account/sessions/{theirs}/end").status_code == 404
    assert victim.get("/account").status_code == 200


def test_somebody_signs_out_everywhere_else(
    app: Flask, client: PortalClient, database: Session
) -> None:
    person = with_password(database)
    others = [another(app), another(app)]
    for browser in (*others, client):
        enter(browser, person.email)

    client.post("/account/sessions/end-others")

    assert [each.get("/account").status_code for each in others] == [302, 302]
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Firefox/132.0", "Firefox, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0 Safari/537.36", "Chrome, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/130.0 Mobile Safari", "Chrome, Android"),
        ("curl/8.1", ""),
        ("", ""),
        ("<script>alert(1)</script>" * 100, ""),
    ],
)
def test_a_browser_is_named_in_words_of_ours(agent: str, words: str) -> None:
    assert browser_words(agent) == words
