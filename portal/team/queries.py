"""The people of the teams that somebody manages now, and what they are enrolled on."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload, selectinload

from portal.models import Enrolment, Person, Team, TeamMembership, TeamRole, TrainingEvent
from portal.records import running_on


def teams_of(session: Session, *, manager: Person, today: date) -> Sequence[Team]:
    """The teams that somebody manages today, by name."""
    return session.scalars(
        select(Team)
        .join(TeamMembership)
        .where(
            TeamMembership.person_id == manager.id,
            TeamMembership.role == TeamRole.MANAGER,
            _runs(TeamMembership, today),
        )
        .order_by(Team.name, Team.id)
        .distinct()
    ).all()


def members_of(
    session: Session, *, manager: Person, today: date, on: date
) -> Sequence[TeamMembership]:
    """Who is in the manager's teams today and was on the day asked for, by name.

    Whoever has left is not shown on any day; whoever joined later is not shown
    on a day before that.
    """
    return session.scalars(
        _memberships(manager, today, on).order_by(Person.name, Person.id, TeamMembership.id)
    ).all()


def find_member(
    session: Session, public_id: str, *, manager: Person, today: date, on: date
) -> Person | None:
    """One of those whom `members_of` gives; anybody else is not found."""
    membership = session.scalars(
        _memberships(manager, today, on).where(Person.public_id == public_id).limit(1)
    ).first()
    return membership.person if membership else None


def enrolments_on(session: Session, people: Collection[int], on: date) -> Sequence[Enrolment]:
    """What these people were on, on a day, the latest start last."""
    return session.scalars(
        select(Enrolment)
        .where(Enrolment.person_id.in_(people), Enrolment.starts_on <= on, running_on(on))
        .order_by(Enrolment.starts_on, Enrolment.id)
    ).all()


def find_enrolment(
    session: Session, public_id: str, *, person: Person, on: date
) -> Enrolment | None:
    """An enrolment of somebody who may be looked at, unless it had ended by the day."""
    return session.scalar(
        select(Enrolment).where(
            Enrolment.public_id == public_id,
            Enrolment.person_id == person.id,
            running_on(on),
        )
    )


def events_about(
    session: Session, person: Person, programme: str, requirement: str, on: date
) -> Sequence[TrainingEvent]:
    """What the record said of one requirement on a day, the newest entry first."""
    return session.scalars(
        select(TrainingEvent)
        .where(
            TrainingEvent.person_id == person.id,
            TrainingEvent.programme == programme,
            TrainingEvent.requirement == requirement,
            TrainingEvent.happened_on <= on,
        )
        .options(selectinload(TrainingEvent.sections), joinedload(TrainingEvent.actor))
        .order_by(TrainingEvent.happened_at.desc(), TrainingEvent.id.desc())
    ).all()


def _memberships(manager: Person, today: date, on: date) -> Select[TeamMembership]:
    """Members' memberships that run today, in teams that the manager manages today."""
    managing, then = aliased(TeamMembership), aliased(TeamMembership)
    manages = _same_team(managing, TeamRole.MANAGER, today, managing.person_id == manager.id)
    was_in_it = _same_team(then, TeamRole.MEMBER, on, then.person_id == TeamMembership.person_id)
    return (
        select(TeamMembership)
        .join(TeamMembership.person)
        .join(TeamMembership.team)
        .where(
            TeamMembership.role == TeamRole.MEMBER,
            _runs(TeamMembership, today),
            manages,
            was_in_it,
            Person.active.is_(True),
        )
        .options(contains_eager(TeamMembership.person), contains_eager(TeamMembership.team))
    )


def _same_team(
    other: type[TeamMembership], role: TeamRole, on: date, whose: ColumnElement[bool]
) -> ColumnElement[bool]:
    """The condition that somebody had a role, on a day, in the team of the membership at hand."""
    return (
        select(other.id)
        .where(other.team_id == TeamMembership.team_id, other.role == role, _runs(other, on), whose)
        .exists()
    )


def _runs(membership: type[TeamMembership], on: date) -> ColumnElement[bool]:
    """From its first day up to, and not including, the day on which it ends."""
    return and_(
        membership.starts_on <= on,
        or_(membership.ends_on.is_(None), membership.ends_on > on),
    )
