"""What a mentor says of a task that a learner asked to have signed off."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain.library import Library
from domain.programmes import Requirement
from domain.standing import EventKind
from portal.models import Enrolment, Person, TrainingEvent
from portal.records import record_event


def sign_off(
    session: Session,
    library: Library,
    enrolment: Enrolment,
    requirement: Requirement,
    mentor: Person,
    evidence: str,
    at: datetime,
) -> TrainingEvent:
    """Record that the mentor saw the task done well, and what shows it."""
    return record_event(
        session,
        library,
        enrolment,
        requirement,
        EventKind.SIGNED_OFF,
        actor=mentor,
        at=at,
        note=evidence,
    )


def say_not_yet(
    session: Session,
    library: Library,
    enrolment: Enrolment,
    requirement: Requirement,
    mentor: Person,
    reason: str,
    at: datetime,
) -> TrainingEvent:
    """Record that it is not there yet, and what the learner can do about it."""
    return record_event(
        session,
        library,
        enrolment,
        requirement,
        EventKind.NOT_YET,
        actor=mentor,
        at=at,
        note=reason,
    )
