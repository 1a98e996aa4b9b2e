"""Every SELECT of the register: organisations and how they were assessed, as on a date."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from domain.standing import LONDON
from portal.models import Organisation, StakeholderAssessment


def organisations_on(session: Session, on: date) -> tuple[Organisation, ...]:
    """The organisations that were in the register at the end of a day, alphabetically."""
    found = session.scalars(select(Organisation).where(Organisation.created_at < _end_of(on)))
    # Sorted here, since databases disagree on the order of capitals and brackets.
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.id)))


def assessments_on(session: Session, on: date) -> Mapping[int, StakeholderAssessment]:
    """The assessment that counted at the end of a day, by the organisation's id."""
    newest = (
        select(func.max(StakeholderAssessment.id))
        .where(StakeholderAssessment.assessed_on <= on)
        .group_by(StakeholderAssessment.organisation_id)
    )
    found = session.scalars(
        select(StakeholderAssessment).where(StakeholderAssessment.id.in_(newest))
    )
    return {each.organisation_id: each for each in found}


def find_organisation(session: Session, slug: str) -> Organisation | None:
    """The organisation with this slug, if the register has one."""
    return session.scalars(select(Organisation).where(Organisation.slug == slug)).one_or_none()


def names_and_slugs(session: Session) -> frozenset[str]:
    """Every name and slug in the register, in small letters."""
    rows = session.execute(select(Organisation.name, Organisation.slug))
    return frozenset(word.casefold() for row in rows for word in row)


def history(session: Session, organisation: Organisation) -> tuple[StakeholderAssessment, ...]:
    """Every assessment of an organisation, the newest first."""
    return tuple(
        session.scalars(
            select(StakeholderAssessment)
            .where(StakeholderAssessment.organisation_id == organisation.id)
            .options(joinedload(StakeholderAssessment.assessor))
            .order_by(StakeholderAssessment.id.desc())
        )
    )


def take_turns(session: Session, organisation: Organisation) -> None:
    """Wait until no other request is scoring this organisation.

    Two presses of a button at once are then one after the other, on
    PostgreSQL too; on SQLite there is one writer at a time in any case.
    """
    session.execute(
        select(Organisation.id)
        .where(Organisation.id == organisation.id)
        .with_for_update(key_share=True)
    )


def find_assessment(session: Session, public_id: str) -> StakeholderAssessment | None:
    """The assessment with this public id, whoever's and of whichever organisation it is."""
    return session.scalars(
        select(StakeholderAssessment).where(StakeholderAssessment.public_id == public_id)
    ).one_or_none()


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), LONDON).astimezone(UTC)
