"""Requests for a sign-off and what became of them, always of one mentor's learners."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from domain.standing import EventKind
from portal.models import Enrolment, Person, TrainingEvent
from portal.records import running_on

_ENDS_THE_WAIT = (
    EventKind.SIGNED_OFF,
    EventKind.NOT_YET,
    EventKind.EXEMPTED,
    EventKind.REVOKED,
    EventKind.ASKED_FOR_SIGN_OFF,
)
_DECISIONS = (EventKind.SIGNED_OFF, EventKind.NOT_YET)


def requests_waiting(session: Session, *, mentor: Person, on: date) -> Sequence[TrainingEvent]:
    """What the mentor's present learners wait for, the longest wait first."""
    later = aliased(TrainingEvent)
    answered = exists().where(
        later.person_id == TrainingEvent.person_id,
        later.programme == TrainingEvent.programme,
        later.requirement == TrainingEvent.requirement,
        later.kind.in_(_ENDS_THE_WAIT),
        later.id > TrainingEvent.id,
    )
    return session.scalars(
        _requests(mentor)
        .where(~answered, _is_enrolled(on), Person.active.is_(True))
        .order_by(TrainingEvent.happened_at, TrainingEvent.id)
    ).all()


def find_request(session: Session, public_id: str, *, mentor: Person) -> TrainingEvent | None:
    """One request of a learner whose mentor this is now; any other is not found."""
    return session.scalar(_requests(mentor).where(TrainingEvent.public_id == public_id))


def find_answer(session: Session, request: TrainingEvent) -> TrainingEvent | None:
    """The first entry after a request that ended its wait, if there is one."""
    return session.scalar(
        select(TrainingEvent)
        .where(
            TrainingEvent.person_id == request.person_id,
            TrainingEvent.programme == request.programme,
            TrainingEvent.requirement == request.requirement,
            TrainingEvent.kind.in_(_ENDS_THE_WAIT),
            TrainingEvent.id > request.id,
        )
        .options(joinedload(TrainingEvent.actor))
        .order_by(TrainingEvent.id)
        .limit(1)
    )


def find_enrolment(
    session: Session, request: TrainingEvent, on: date, *, hold: bool = False
) -> Enrolment | None:
    """The running enrolment that a request is about, the newest where there are two.

    `hold` keeps it until the transaction ends, so that two answers at once take turns.
    """
    query = (
        select(Enrolment)
        .where(
            Enrolment.person_id == request.person_id,
            Enrolment.programme == request.programme,
            running_on(on),
        )
        .order_by(Enrolment.starts_on.desc(), Enrolment.id.desc())
        .limit(1)
    )
    return session.scalar(query.with_for_update(key_share=True) if hold else query)


def latest_decisions(
    session: Session, *, mentor: Person, most: int = 20
) -> Sequence[TrainingEvent]:
    """What the mentor decided of late, the newest first."""
    return session.scalars(
        select(TrainingEvent)
        .where(TrainingEvent.actor_id == mentor.id, TrainingEvent.kind.in_(_DECISIONS))
        .options(joinedload(TrainingEvent.person))
        .order_by(TrainingEvent.happened_at.desc(), TrainingEvent.id.desc())
        .limit(most)
    ).all()


def _requests(mentor: Person) -> Select[TrainingEvent]:
    # Nobody is their own mentor here, whatever an administrator may have typed.
    return (
        select(TrainingEvent)
        .join(TrainingEvent.person)
        .where(
            TrainingEvent.kind == EventKind.ASKED_FOR_SIGN_OFF,
            Person.mentor_id == mentor.id,
            Person.id != mentor.id,
        )
        .options(contains_eager(TrainingEvent.person))
    )


def _is_enrolled(on: date) -> ColumnElement[bool]:
    return exists().where(
        Enrolment.person_id == TrainingEvent.person_id,
        Enrolment.programme == TrainingEvent.programme,
        running_on(on),
    )
