"""One row in any table of evidence, with whatever it hangs on."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from domain.standing import EventKind, Meaning
from portal.models import (
    AttemptAnswer,
    AttemptResult,
    AuditEvent,
    Evidence,
    GuardReason,
    Organisation,
    Person,
    Publication,
    PublishedSection,
    QuizAttempt,
    StakeholderAssessment,
    TrainingEvent,
    TrainingEventSection,
)
from tests.builders.people import add_person

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ON = date(2026, 11, 23)


def add_evidence(database: Session, table: str) -> None:
    """Store one row in this table."""
    database.add(MAKERS[table](database, add_person(database)))
    database.commit()


def _audit_event(database: Session, person: Person) -> Evidence:
    return AuditEvent(action="test.done", actor=person, happened_at=AT)


def _guard_reason(database: Session, person: Person) -> Evidence:
    event = AuditEvent(action="guard.warned", actor=person, happened_at=AT)
    return GuardReason(event=event, reason="It is a published number")


def _publication(database: Session, person: Person) -> Publication:
    return Publication(library_version="0" * 12, published_at=AT, publisher=person)


def _published_section(database: Session, person: Person) -> Evidence:
    publication = _publication(database, person)
    database.add(publication)
    database.flush()
    return PublishedSection(
        publication_id=publication.id,
        section="leave#asking",
        version="0" * 12,
        title="Asking",
        body="Ask.",
        meaning=Meaning.FIRST,
    )


def _quiz_attempt(database: Session, person: Person) -> QuizAttempt:
    return QuizAttempt(
        learner=person, quiz="leave", number=1, quiz_version="0" * 12, asked="{}", started_at=AT
    )


def _attempt_result(database: Session, person: Person) -> Evidence:
    return AttemptResult(
        attempt=_quiz_attempt(database, person),
        receipt=f"receipt-{person.id}",
        submitted_at=AT,
        right=1,
        asked=2,
        score=50,
        pass_mark=80,
        passed=False,
    )


def _attempt_answer(database: Session, person: Person) -> Evidence:
    attempt = _quiz_attempt(database, person)
    database.add(attempt)
    database.flush()
    return AttemptAnswer(
        attempt_id=attempt.id,
        position=1,
        question="who",
        question_version="0" * 12,
        chosen="a",
        right=True,
    )


def _training_event(database: Session, person: Person) -> TrainingEvent:
    return TrainingEvent(
        kind=EventKind.READ,
        person=person,
        programme="induction",
        programme_version="0" * 12,
        requirement="read-leave",
        happened_at=AT,
        happened_on=ON,
        actor=person,
    )


def _training_event_section(database: Session, person: Person) -> Evidence:
    event = _training_event(database, person)
    database.add(event)
    database.flush()
    return TrainingEventSection(event_id=event.id, section="leave#asking", version="0" * 12)


def _stakeholder_assessment(database: Session, person: Person) -> Evidence:
    organisation = Organisation(
        slug=f"organisation-{person.id}",
        name=f"Organisation {person.id}",
        group="courts",
        jurisdiction="England and Wales",
        website="https://organisation.example",
        stake="Decides.",
        created_at=AT,
    )
    return StakeholderAssessment(
        organisation=organisation,
        assessor=person,
        scheme_version="1",
        assessed_at=AT,
        assessed_on=ON,
        influence=3,
        evidence="Minutes of the meeting.",
        reason="It decides.",
    )


MAKERS: dict[str, Callable[[Session, Person], Evidence]] = {
    "audit_event": _audit_event,
    "guard_reason": _guard_reason,
    "publication": _publication,
    "published_section": _published_section,
    "quiz_attempt": _quiz_attempt,
    "attempt_result": _attempt_result,
    "attempt_answer": _attempt_answer,
    "training_event": _training_event,
    "training_event_section": _training_event_section,
    "stakeholder_assessment": _stakeholder_assessment,
}
