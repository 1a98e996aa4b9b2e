"""A portal in which everything happens once: for tests that walk through all of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import Flask
from sqlalchemy.orm import Session

from domain.library import load
from domain.quizzes import Quiz
from domain.standing import EventKind
from portal.access import PUBLIC, SIGNED_IN, Door, Rule, access_of
from portal.models import (
    Enrolment,
    Organisation,
    Person,
    QuizAttempt,
    Role,
    StakeholderAssessment,
    Team,
    TeamMembership,
    TeamRole,
)
from portal.publishing.queries import find_last_publication
from portal.publishing.service import record_first_publication
from portal.quizzes.queries import requirements_for
from portal.quizzes.service import start_attempt, submit_attempt
from portal.records import record_event
from portal.stakeholders.service import load_register
from tests.builders.browser import PortalClient
from tests.builders.people import add_person
from tests.builders.portal_settings import FIXTURE_LIBRARY

Browsers = Mapping[Role | None, PortalClient]
BEGAN_AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
BEGAN_ON = date(2026, 11, 16)
LIBRARY = load(FIXTURE_LIBRARY)
PROGRAMME = LIBRARY.programmes["induction"]
QUIZ = LIBRARY.quizzes["leave-basics"]


@dataclass(frozen=True)
class World:
    """The people, one for each role, and what stands in addresses: each part by its name."""

    people: Mapping[Role, Person]
    parts: Mapping[str, tuple[str, ...]]

    def person(self, role: Role) -> Person:
        """Whoever holds this role, and no other."""
        return self.people[role]


@dataclass(frozen=True)
class Address:
    """An address that leads somewhere, with its method and the rule of its view."""

    method: str
    pattern: str
    path: str
    rule: Rule


def make_world(database: Session, at: datetime = BEGAN_AT) -> World:
    """Store a person of each role, a team, an enrolment, attempts, a sign-off, the register."""
    record_first_publication(database, LIBRARY, at)
    load_register(database, LIBRARY.engagement, at)
    people = {role: add_person(database, role) for role in Role}
    learner, mentor = people[Role.LEARNER], people[Role.MENTOR]
    learner.mentor_id = mentor.id
    team = make_team(database, people[Role.MANAGER], learner)
    enrolment = Enrolment(
        person=learner, programme=PROGRAMME.slug, starts_on=BEGAN_ON, created_at=at
    )
    database.add(enrolment)
    database.commit()
    handed_in, is_open = make_attempt(database, learner, at), make_attempt(database, learner, at, 0)
    asked = ask(database, enrolment, at)
    organisation = score_something(database, people[Role.ENGAGEMENT_OFFICER], at)
    publication = find_last_publication(database)
    database.commit()
    assert publication is not None
    parts = {
        "person": tuple(each.public_id for each in people.values()),
        "team": (team.public_id,),
        "membership": tuple(str(each.id) for each in team.memberships),
        "enrolment": (enrolment.public_id,),
        "requirement": tuple(each.id for each in PROGRAMME.requirements),
        "attempt": (handed_in.public_id, is_open.public_id),
        "request": (asked,),
        "quiz": (QUIZ.slug,),
        "organisation": (organisation.slug,),
        "publication": (publication.public_id,),
    }
    return World(people, parts)


def make_team(database: Session, manager: Person, *members: Person, name: str = "South") -> Team:
    """Store a team that somebody manages."""
    team = Team(name=name)
    roles = [(manager, TeamRole.MANAGER), *((each, TeamRole.MEMBER) for each in members)]
    team.memberships = [
        TeamMembership(person=person, role=role, starts_on=BEGAN_ON) for person, role in roles
    ]
    database.add(team)
    database.commit()
    return team


def make_attempt(
    database: Session, learner: Person, at: datetime, right: int | None = None
) -> QuizAttempt:
    """Store an attempt: handed in and all right, or left open where `right` is 0."""
    counted = requirements_for(database, LIBRARY, QUIZ.slug, learner=learner, on=at.date())
    earlier = 1 if right == 0 else 0
    attempt = start_attempt(database, LIBRARY, QUIZ, learner, earlier, counted, at)
    attempt.learner = learner
    database.flush()
    if right is None:
        submit_attempt(database, LIBRARY, attempt, all_right(QUIZ), counted, at)
    database.commit()
    return attempt


def all_right(quiz: Quiz) -> dict[str, frozenset[str]]:
    """The answers that earn full marks."""
    return {
        question.id: frozenset(option.id for option in question.options if option.correct)
        for question in quiz.questions
    }


def ask(database: Session, enrolment: Enrolment, at: datetime, note: str = "Please look.") -> str:
    """Store that a learner asked for a sign-off; gives the public id of the entry."""
    event = record_event(
        database,
        LIBRARY,
        enrolment,
        PROGRAMME.requirement("draft-decision"),
        EventKind.ASKED_FOR_SIGN_OFF,
        actor=enrolment.person,
        at=at,
        note=note,
    )
    database.commit()
    return event.public_id


def score_something(database: Session, officer: Person, at: datetime) -> Organisation:
    """Store how an officer scored one organisation of the register."""
    organisation = database.query(Organisation).order_by(Organisation.slug).first()
    assert organisation is not None
    database.add(
        StakeholderAssessment(
            organisation_id=organisation.id,
            assessor_id=officer.id,
            scheme_version=LIBRARY.engagement.scheme.version,
            assessed_at=at,
            assessed_on=at.date(),
            influence=3,
            interest=4,
            impact=4,
            importance=5,
            support=3,
            evidence="Minutes of the meeting.",
            reason="It inspects.",
        )
    )
    database.commit()
    return organisation


# Which part of the world an argument of an address names, by the start of the pattern.
_BY_PLACE = (
    ("/administration/people/", {"public_id": "person"}),
    ("/administration/teams/", {"public_id": "team", "membership_id": "membership"}),
    ("/administration/enrolments/", {"public_id": "enrolment"}),
    ("/account/sessions/", {"public_id": "person"}),
    ("/training/", {"enrolment_id": "enrolment", "requirement_id": "requirement"}),
    ("/quizzes/attempts/", {"public_id": "attempt"}),
    ("/quizzes/", {"slug": "quiz"}),
    ("/sign-offs/", {"public_id": "request"}),
    (
        "/team/",
        {"person_id": "person", "enrolment_id": "enrolment", "requirement_id": "requirement"},
    ),
    ("/stakeholders/", {"slug": "organisation"}),
    ("/publishing/publications/", {"public_id": "publication"}),
)


def addresses(app: Flask, world: World) -> list[Address]:
    """Every address of the portal with the parts of a world in it, each with its methods."""
    found = []
    pages = app.url_map.bind("portal.example")
    for route in app.url_map.iter_rules():
        for values in _values(route.rule, route.arguments, world):
            path = pages.build(route.endpoint, values) if route.arguments else route.rule
            for method, rule in access_of(app, route.endpoint).rules.items():
                found.append(Address(method, route.rule, path, rule))
    return sorted(set(found), key=lambda each: (each.path, each.method))


def one_of_each(app: Flask, world: World) -> list[Address]:
    """One address of every pattern and method."""
    found = {(each.pattern, each.method): each for each in reversed(addresses(app, world))}
    return sorted(found.values(), key=lambda each: (each.pattern, each.method))


def whoever_may(address: Address, browsers: Browsers) -> PortalClient:
    """A browser of somebody who may ask for this; a visitor's where anybody may."""
    if address.rule is PUBLIC:
        return browsers[None]
    if address.rule is SIGNED_IN:
        return browsers[Role.LEARNER]
    assert not isinstance(address.rule, Door)
    return browsers[address.rule if isinstance(address.rule, Role) else address.rule[0]]


def _values(rule: str, arguments: set[str], world: World) -> Iterator[dict[str, str | int]]:
    if not arguments or arguments & {"path", "filename"}:
        yield dict.fromkeys(arguments, "portal.css")
        return
    named = next(names for place, names in _BY_PLACE if rule.startswith(place))
    longest = max(len(world.parts[named[each]]) for each in arguments)
    for turn in range(longest):
        yield {each: _part(world.parts[named[each]], turn) for each in arguments}


def _part(parts: tuple[str, ...], turn: int) -> str | int:
    part = parts[turn % len(parts)]
    return int(part) if part.isdecimal() else part
