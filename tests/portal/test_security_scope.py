"""What belongs to somebody else is not found, and no field makes anybody more than they are."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.access import SIGNED_IN, allows
from portal.models import Role
from tests.builders.browser import PortalClient
from tests.builders.contents import TRAIL, contents
from tests.builders.people import add_person
from tests.builders.world import (
    LIBRARY,
    World,
    addresses,
    make_attempt,
    make_team,
    one_of_each,
)

SignIn = Callable[..., PortalClient]
Browsers = dict[Role | None, PortalClient]
# The parts of an address that name somebody's own, by the start of the pattern.
OWN = {
    Role.LEARNER: ("/training/<", "/quizzes/attempts/"),
    Role.MENTOR: ("/sign-offs/<",),
    Role.MANAGER: ("/team/<",),
}
# Fields that a form might take for more than it asks, if it took whatever is sent.
POWERS = {
    "id": "1",
    "role": "administrator",
    "roles": ["administrator", "editor"],
    "role_grants": "administrator",
    "person_id": "1",
    "person": "1",
    "learner_id": "1",
    "actor_id": "1",
    "assessor_id": "1",
    "mentor_id": "1",
    "is_admin": "1",
    "active": "",
    "must_change_password": "",
    "totp_secret": "",
    "password_hash": "x",
    "email": "taken@portal.example",
    "score": "100",
    "passed": "1",
    "right": "3",
    "pass_mark": "0",
    "receipt": "AAAAA-AAAAA",
    "submitted_at": "2020-01-01",
    "happened_at": "2020-01-01",
    "happened_on": "2020-01-01",
    "kind": "signed-off",
    "external": "yes",
    "dormant": "1",
    "team": "1",
    "ends_on": "2020-01-01",
}


@pytest.mark.parametrize("role", OWN)
def test_whatever_is_somebody_else_s_is_not_found(
    app: Flask, world: World, sign_in: SignIn, database: Session, role: Role
) -> None:
    name = world.person(Role.LEARNER).name
    stranger = add_person(database, role)
    make_team(database, stranger, add_person(database, Role.LEARNER), name="North")
    make_attempt(database, stranger, stranger.created_at)
    browser = sign_in(person=stranger)
    theirs = [each for each in addresses(app, world) if each.pattern.startswith(OWN[role])]
    before = contents(database, but=TRAIL)

    for address in theirs:
        answer = (
            browser.post(address.path) if address.method == "POST" else browser.get(address.path)
        )
        assert answer.status_code == 404, address
        assert name not in answer.text

    assert len(theirs) >= 2
    assert contents(database, but=TRAIL) == before


@pytest.mark.parametrize("role", OWN)
def test_no_list_shows_what_is_somebody_else_s(
    app: Flask, world: World, sign_in: SignIn, database: Session, role: Role
) -> None:
    learner = world.person(Role.LEARNER)
    stranger = add_person(database, role)
    make_team(database, stranger, stranger, name="North")
    browser = sign_in(person=stranger)

    for address in one_of_each(app, world):
        if address.method == "GET" and allows(address.rule, stranger):
            assert learner.name not in browser.get(address.path).text, address


def test_nobody_becomes_more_by_a_field(
    app: Flask, world: World, browsers: Browsers, database: Session
) -> None:
    # What each of them may change by their own forms is not listed here.
    kept = ("person", "role_grant", "team", "team_membership", "enrolment", "attempt_result")
    before = contents(database)

    for role in set(Role) - {Role.ADMINISTRATOR}:
        for address in one_of_each(app, world):
            if address.method != "POST" or address.pattern.startswith("/sign-out"):
                continue
            if address.rule is SIGNED_IN or allows(address.rule, world.person(role)):
                browsers[role].post(address.path, query_string=POWERS, data=POWERS)

    after = contents(database)
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    signed_off = [row for row in after["training_event"] if "signed-off" in row]
    assert signed_off == []


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_nobody_but_an_administrator_administers(
    app: Flask, world: World, browsers: Browsers, database: Session, role: Role
) -> None:
    before = contents(database, but=TRAIL)

    for address in one_of_each(app, world):
        if address.pattern.startswith("/administration"):
            browser = browsers[role]
            ask = browser.post if address.method == "POST" else browser.get
            assert ask(address.path).status_code == 403, address

    assert contents(database, but=TRAIL) == before


@pytest.mark.parametrize("whose", ["another organisation", "another officer"])
def test_the_number_of_an_assessment_saves_nothing_in_another_place(
    world: World, browsers: Browsers, sign_in: SignIn, database: Session, whose: str
) -> None:
    first, second = [each.slug for each in LIBRARY.engagement.organisations][:2]
    form = {
        **{scale.attribute.value: "3" for scale in LIBRARY.engagement.scheme.scales},
        "evidence": "Minutes of a meeting.",
        "reason": "It inspects hospitals.",
        "assessment": "A" * 22,
        "step": "save",
    }
    officer = browsers[Role.ENGAGEMENT_OFFICER]
    assert officer.post(f"/stakeholders/{first}/assess", data=form).status_code == 302
    before = contents(database)

    if whose == "another officer":
        officer, second = sign_in(Role.ENGAGEMENT_OFFICER), first
        before = contents(database)
    answer = officer.post(f"/stakeholders/{second}/assess", data=form)

    assert answer.status_code == 400
    assert "Nothing was saved" in answer.text
    assert contents(database) == before
