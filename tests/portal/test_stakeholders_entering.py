"""Into the register: the starter organisations, and those that an officer adds."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import AuditEvent, Organisation, Role
from portal.stakeholders.service import NotAStakeholder, Proposal, add_organisation, load_register
from tests.builders.browser import PortalClient
from tests.builders.people import add_person
from tests.builders.register import enter, make_engagement, make_starter, use_engagement

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PATH = "/stakeholders/add"
PROPOSAL = {
    "name": "Siân’s Law Centre",
    "external": "yes",
    "stake": "It advises families.",
    "group": "charities",
    "themes": "awareness",
    "jurisdiction": "Wales",
    "website": "https://law-centre.example",
    "source": "Its annual report",
}


@pytest.fixture
def officer(app: Flask, sign_in: Callable[..., PortalClient]) -> PortalClient:
    """An engagement officer at a portal with a small scheme."""
    use_engagement(app)
    return sign_in(Role.ENGAGEMENT_OFFICER)


def organisations(database: Session) -> list[Organisation]:
    database.expire_all()
    return list(database.scalars(select(Organisation).order_by(Organisation.slug)))


def test_the_starter_register_is_loaded_with_all_that_it_says(database: Session) -> None:
    added = load_register(database, make_engagement(make_starter()), NOW)
    database.commit()

    [found] = organisations(database)
    assert added == 1
    assert (found.slug, found.name, found.group) == (
        "upper-tribunal",
        "Upper Tribunal",
        "tribunals",
    )
    assert (found.stake, found.themes) == ("It hears appeals.", "policy")
    assert found.created_at == NOW


def test_loading_again_adds_what_is_missing_and_nothing_else(database: Session) -> None:
    first, second = make_starter(), make_starter("mind", "Mind")
    load_register(database, make_engagement(first), NOW)
    database.commit()

    counts = [load_register(database, make_engagement(first, second), NOW) for _ in range(2)]
    database.commit()

    assert counts == [1, 0]
    assert [each.slug for each in organisations(database)] == ["mind", "upper-tribunal"]


def test_loading_leaves_what_is_recorded_as_it_is(database: Session) -> None:
    enter(database, stake="Corrected by an officer.")
    enter(database, "Mind")

    load_register(
        database, make_engagement(make_starter(), make_starter("the-mind-charity", "MIND")), NOW
    )
    database.commit()

    assert [each.stake for each in organisations(database)] == [
        "It hears appeals.",
        "Corrected by an officer.",
    ]


def test_an_officer_adds_an_organisation(officer: PortalClient, database: Session) -> None:
    answer = officer.post(PATH, data=PROPOSAL)

    assert answer.location == "/stakeholders/sians-law-centre"
    [found] = organisations(database)
    assert found.name == "Siân’s Law Centre"
    assert (found.group, found.themes, found.external) == ("charities", "awareness", True)
    [event] = database.scalars(
        select(AuditEvent).where(AuditEvent.action == "register.organisation-added")
    )
    assert (event.actor_id, event.subject) == (officer.person_id, "organisation:sians-law-centre")
    assert "is in the register" in officer.get(answer.location).text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"external": "no"}, "A body of the Ministry cannot be a stakeholder"),
        ({"external": ""}, "Say whether it is outside the Ministry of Justice"),
        ({"stake": "  "}, "Enter the stake of the organisation in our work"),
        ({"name": ""}, "Enter the name of the organisation"),
        ({"group": "nobody"}, "Choose from the list"),
        ({"group": ""}, "Choose a grouping"),
        ({"themes": "weather"}, "Choose from the list"),
        ({"website": "javascript:alert(1)"}, "Enter an address that starts with https://"),
    ],
)
def test_what_may_not_stand_in_the_register_is_refused_with_the_reason(
    officer: PortalClient, database: Session, changes: dict[str, str], message: str
) -> None:
    page = officer.post(PATH, data=PROPOSAL | changes).text

    assert message in page
    assert organisations(database) == []


def test_an_organisation_is_entered_once(officer: PortalClient, database: Session) -> None:
    enter(database, "Mind")

    page = officer.post(PATH, data=PROPOSAL | {"name": "MIND"}).text

    assert "The register has an organisation of this name" in page
    assert len(organisations(database)) == 1


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Matrix", "matrix-2"),
        ("Add", "add-2"),
        ("Mind!", "mind-2"),
        ("心", "organisation"),
        ("x" * 200, "x" * 90),
    ],
)
def test_an_address_is_made_of_the_name_and_is_nobody_elses(
    officer: PortalClient, database: Session, name: str, slug: str
) -> None:
    enter(database, "Mind")

    answer = officer.post(PATH, data=PROPOSAL | {"name": name})

    assert answer.location == f"/stakeholders/{slug}"
    assert officer.get(answer.location).status_code == 200


@pytest.mark.parametrize(("external", "stake"), [(False, "A stake."), (True, "  ")])
def test_the_service_refuses_it_whoever_asks(database: Session, external: bool, stake: str) -> None:
    officer = add_person(database, Role.ENGAGEMENT_OFFICER)
    proposal = Proposal("HMPPS", "tribunals", "England", "", stake, (), "", external)

    with pytest.raises(NotAStakeholder):
        add_organisation(database, proposal, known=frozenset(), officer=officer, at=NOW)
