"""What learners do about a requirement: say that they have read, and ask to be signed off."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain.library import Library
from domain.standing import EventKind, Status
from portal.models import Person, TrainingEvent
from portal.records import Duty, record_event

# Where something is to be done; anywhere else, doing it again would add nothing.
OPEN = frozenset(
    {
        Status.NOT_YET_DUE,
        Status.IN_PROGRESS,
        Status.EXPIRING,
        Status.OVERDUE,
        Status.EXPIRED,
        Status.OUTDATED,
    }
)


def mark_as_read(
    session: Session, library: Library, duty: Duty, learner: Person, at: datetime
) -> TrainingEvent | None:
    """Record that the learner read the page as it now is; nothing where that is on record."""
    if duty.standing.status not in OPEN:
        return None
    return record_event(
        session,
        library,
        duty.enrolment,
        duty.requirement,
        EventKind.READ,
        actor=learner,
        at=at,
    )


def ask_for_sign_off(
    session: Session, library: Library, duty: Duty, learner: Person, note: str, at: datetime
) -> TrainingEvent | None:
    """Ask the mentor to sign a task off; nothing where that has been asked, or done."""
    if duty.standing.status not in OPEN or duty.standing.asked_on is not None:
        return None
    return record_event(
        session,
        library,
        duty.enrolment,
        duty.requirement,
        EventKind.ASKED_FOR_SIGN_OFF,
        actor=learner,
        at=at,
        note=note,
    )
