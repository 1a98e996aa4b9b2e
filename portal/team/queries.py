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
    then = aliased(TeamMembership)
    was_in_it = (
        select(then.id)
        .where(
            then.team_id == TeamMembership.team_id,
            then.person_id == TeamMembership.person_id,
            then.role == TeamRole.MEMBER,
            _runs(then, on),
        )
        .exists()
    )
    return session.scalars(
        _memberships(manager, today).where(was_in_it).order_by(Person.name, Person.id)
    ).all()


def find_member(session: Session, public_id: str, *, manager: Person, today: date) -> Person | None:
    """Somebody who is in a team of this manager today; anybody else is not found."""
    membership = session.scalars(
        _memberships(manager, today).where(Person.public_id == public_id).limit(1)
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


def with_sections(session: Session, events: Collection[TrainingEvent]) -> Sequence[TrainingEvent]:
    """These entries with their sections and who made them, the newest first."""
    return session.scalars(
        select(TrainingEvent)
        .where(TrainingEvent.id.in_({each.id for each in events}))
        .options(selectinload(TrainingEvent.sections), joinedload(TrainingEvent.actor))
        .order_by(TrainingEvent.happened_at.desc(), TrainingEvent.id.desc())
    ).all()


def _memberships(manager: Person, today: date) -> Select[TeamMembership]:
    """Members' memberships that run today, of teams that the manager manages today."""
    managing = aliased(TeamMembership)
    manages = (
        select(managing.id)
        .where(
            managing.team_id == TeamMembership.team_id,
            managing.person_id == manager.id,
            managing.role == TeamRole.MANAGER,
            _runs(managing, today),
        )
        .exists()
    )
    return (
        select(TeamMembership)
        .join(TeamMembership.person)
        .join(TeamMembership.team)
        .where(
            manages,
            TeamMembership.role == TeamRole.MEMBER,
            _runs(TeamMembership, today),
            Person.active.is_(True),
        )
        .options(contains_eager(TeamMembership.person), contains_eager(TeamMembership.team))
    )


def _runs(membership: type[TeamMembership], on: date) -> ColumnElement[bool]:
    """From its first day up to, and not including, the day on which it ends."""
    return and_(
        membership.starts_on <= on,
        or_(membership.ends_on.is_(None), membership.ends_on > on),
    )
