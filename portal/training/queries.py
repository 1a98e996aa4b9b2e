"""What somebody is enrolled on and did, always of that person alone."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from portal.models import Enrolment, Person, PublishedSection, Role, TrainingEvent
from portal.records import running_on


def enrolments_of(session: Session, learner: Person, on: date) -> Sequence[Enrolment]:
    """The enrolments of a person that have not ended on a day, the oldest first."""
    return session.scalars(
        select(Enrolment)
        .where(
            Enrolment.person_id == learner.id,
            running_on(on),
        )
        .order_by(Enrolment.starts_on, Enrolment.id)
    ).all()


def find_enrolment(
    session: Session, public_id: str, *, learner: Person, on: date, hold: bool = False
) -> Enrolment | None:
    """A running enrolment of the learner; someone else's is not found.

    `hold` keeps it until the transaction ends, so that two presses of a button
    at once take turns. On SQLite there is one writer at a time in any case.
    """
    query = select(Enrolment).where(
        Enrolment.public_id == public_id,
        Enrolment.person_id == learner.id,
        running_on(on),
    )
    return session.scalar(query.with_for_update(key_share=True) if hold else query)


def find_mentor(session: Session, learner: Person) -> Person | None:
    """Whoever signs off what the learner does, if somebody is named who still can."""
    if learner.mentor_id is None or learner.mentor_id == learner.id:
        return None
    mentor = session.get(Person, learner.mentor_id)
    return mentor if mentor and mentor.active and Role.MENTOR in mentor.roles else None


def count_events(session: Session, learner: Person) -> int:
    """How many entries the record of a person has."""
    return session.scalars(
        select(func.count(TrainingEvent.id)).where(TrainingEvent.person_id == learner.id)
    ).one()


def events_of(
    session: Session, learner: Person, *, skip: int = 0, most: int | None = None
) -> Sequence[TrainingEvent]:
    """The record of a person with its sections, the newest entry first."""
    return session.scalars(
        select(TrainingEvent)
        .where(TrainingEvent.person_id == learner.id)
        .options(selectinload(TrainingEvent.sections), selectinload(TrainingEvent.actor))
        .order_by(TrainingEvent.happened_at.desc(), TrainingEvent.id.desc())
        .offset(skip)
        .limit(most)
    ).all()


def events_about(
    session: Session, learner: Person, programme: str, requirement: str
) -> Sequence[TrainingEvent]:
    """What a person's record says of one requirement, the newest entry first."""
    return session.scalars(
        select(TrainingEvent)
        .where(
            TrainingEvent.person_id == learner.id,
            TrainingEvent.programme == programme,
            TrainingEvent.requirement == requirement,
        )
        .options(selectinload(TrainingEvent.sections), selectinload(TrainingEvent.actor))
        .order_by(TrainingEvent.happened_at.desc(), TrainingEvent.id.desc())
    ).all()


def texts_published(
    session: Session, versions: Collection[tuple[str, str]]
) -> dict[tuple[str, str], str]:
    """The words of these versions of sections as they were published, by section and version."""
    rows = session.execute(
        select(PublishedSection.section, PublishedSection.version, PublishedSection.body)
        .where(PublishedSection.section.in_({section for section, _ in versions}))
        .order_by(PublishedSection.id)
    )
    return {(section, version): body for section, version, body in rows}
