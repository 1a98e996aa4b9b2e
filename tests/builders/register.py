"""A register for tests: a small scheme, organisations, and how they were scored."""

from dataclasses import replace
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.orm import Session

from domain.library import Library
from domain.stakeholders import (
    Attribute,
    Descriptor,
    Engagement,
    Group,
    Issue,
    Scale,
    Scheme,
    StarterOrganisation,
)
from domain.standing import london_day
from portal.models import Organisation, Person, Role, StakeholderAssessment
from tests.builders.people import add_person
from tests.builders.training import make_library, use_library

ENTERED_AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
SCORED_AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)

Levels = tuple[int | None, int | None, int | None, int | None]


def make_scheme() -> Scheme:
    """Five scales, whose labels and texts say which they are."""
    return Scheme(version="scheme-7", scales=tuple(_scale(each) for each in Attribute))


def _scale(attribute: Attribute) -> Scale:
    return Scale(
        attribute=attribute,
        question=f"How about {attribute}?",
        note=f"Note on {attribute}.",
        descriptors=tuple(
            Descriptor(value, f"Label {value} of {attribute}", f"Text {value} of {attribute}")
            for value in range(1, 6)
        ),
    )


def make_engagement(*organisations: StarterOrganisation) -> Engagement:
    """A scheme, two issues, two groups, and these organisations to start with."""
    return Engagement(
        scheme=make_scheme(),
        issues=(Issue("policy", "Changes of policy", "17"), Issue("awareness", "Awareness", "17")),
        objectives=(),
        groups=(
            Group("tribunals", "Tribunals", ("leave",)),
            Group("charities", "Charities", ("discharge",)),
        ),
        organisations=organisations,
    )


def make_starter(slug: str = "upper-tribunal", name: str = "Upper Tribunal") -> StarterOrganisation:
    """One line of the starter register."""
    return StarterOrganisation(
        slug=slug,
        name=name,
        group="tribunals",
        jurisdiction="England",
        website="https://tribunal.example",
        stake="It hears appeals.",
        themes=("policy",),
        source="A statute",
    )


def use_engagement(app: Flask, *organisations: StarterOrganisation) -> Library:
    """Let the portal go by a library with this engagement."""
    return use_library(app, replace(make_library(), engagement=make_engagement(*organisations)))


def enter(
    database: Session,
    name: str = "Upper Tribunal",
    *,
    group: str = "tribunals",
    themes: str = "policy",
    at: datetime = ENTERED_AT,
    stake: str = "It hears appeals.",
) -> Organisation:
    """Store an organisation in the register."""
    organisation = Organisation(
        slug=name.casefold().replace(" ", "-"),
        name=name,
        group=group,
        jurisdiction="England",
        website="https://tribunal.example",
        stake=stake,
        themes=themes,
        source="A statute",
        created_at=at,
    )
    database.add(organisation)
    database.commit()
    return organisation


def score(
    database: Session,
    organisation: Organisation,
    levels: Levels = (3, 5, 5, 4),
    *,
    support: int | None = 3,
    at: datetime = SCORED_AT,
    assessor: Person | None = None,
    reason: str = "It answered.",
) -> StakeholderAssessment:
    """Store an assessment: influence, interest, impact and importance, in that order."""
    influence, interest, impact, importance = levels
    assessment = StakeholderAssessment(
        organisation_id=organisation.id,
        assessor_id=(assessor or add_person(database, Role.ENGAGEMENT_OFFICER)).id,
        scheme_version="scheme-7",
        assessed_at=at,
        assessed_on=london_day(at),
        support=support,
        influence=influence,
        interest=interest,
        impact=impact,
        importance=importance,
        evidence="A log entry.",
        reason=reason,
    )
    database.add(assessment)
    database.commit()
    return assessment
