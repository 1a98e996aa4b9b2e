"""Two requests at the same instant are two requests: nothing is counted or used only once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import cast

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.models import AuditEvent, LoginSession, Person, Role, RoleGrant
from tests.builders.accounts import code_at, enter, with_password
from tests.builders.browser import PortalClient
from tests.builders.people import add_person
from tests.portal.conftest import Clock

SignIn = Callable[..., PortalClient]


def at_once(*acts: Callable[[], TestResponse]) -> list[TestResponse]:
    """Do all of these at the same instant, as nearly as threads can."""
    start = Barrier(len(acts))

    def wait_and(act: Callable[[], TestResponse]) -> TestResponse:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [each.result() for each in [threads.submit(wait_and, act) for act in acts]]


def browsers(app: Flask, number: int) -> list[PortalClient]:
    return [cast(PortalClient, app.test_client()) for _ in range(number)]


def test_guesses_at_the_same_instant_are_each_counted(app: Flask, database: Session) -> None:
    email = with_password(database).email

    def guess(browser: PortalClient) -> Callable[[], TestResponse]:
        return lambda: enter(browser, email, "a wrong password", address="192.0.2.1")

    answers = at_once(*(guess(browser) for browser in browsers(app, 8)))

    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [429] * 3


def test_a_code_sent_twice_at_the_same_instant_opens_one_session(
    app: Flask, database: Session, clock: Clock
) -> None:
    person, code = with_password(database, codes=True), code_at(clock())
    both = browsers(app, 2)
    for browser in both:
        enter(browser, person.email)

    def send(browser: PortalClient) -> Callable[[], TestResponse]:
        return lambda: browser.post("/sign-in/code", data={"code": code})

    answers = at_once(*(send(browser) for browser in both))

    assert sorted(answer.status_code for answer in answers) == [200, 303]
    whole = select(LoginSession).where(LoginSession.complete)
    assert len(database.scalars(whole).all()) == 1


def test_two_administrators_cannot_take_the_right_from_each_other(
    sign_in: SignIn, database: Session
) -> None:
    pair = [add_person(database, Role.ADMINISTRATOR) for _ in range(2)]
    hands = [sign_in(person=person) for person in pair]

    def strip(browser: PortalClient, other: Person) -> Callable[[], TestResponse]:
        address = f"/administration/people/{other.public_id}/roles"
        return lambda: browser.post(address, data={"roles": ["learner"]})

    answers = at_once(strip(hands[0], pair[1]), strip(hands[1], pair[0]))

    # One went through; the other was told why not, or was no administrator any more.
    assert {answer.status_code for answer in answers} <= {200, 303, 401, 403}
    held = select(RoleGrant).where(
        RoleGrant.role == Role.ADMINISTRATOR, RoleGrant.revoked_at.is_(None)
    )
    assert len(database.scalars(held).all()) == 1


def test_a_button_pressed_twice_gives_a_role_once(sign_in: SignIn, database: Session) -> None:
    learner = add_person(database, Role.LEARNER)
    administrators = [sign_in(Role.ADMINISTRATOR) for _ in range(2)]
    address = f"/administration/people/{learner.public_id}/roles"

    def grant(browser: PortalClient) -> Callable[[], TestResponse]:
        return lambda: browser.post(address, data={"roles": ["learner", "mentor"]})

    answers = at_once(*(grant(browser) for browser in administrators))

    assert [answer.status_code for answer in answers] == [303, 303]
    granted = select(AuditEvent).where(AuditEvent.action == "role.granted")
    assert len(database.scalars(granted).all()) == 1
