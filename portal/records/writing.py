"""Writing training records: the one door."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

from sqlalchemy.orm import Session

from domain.library import Library
from domain.programmes import Programme, Requirement, RequirementKind
from domain.standing import COMPLETES, EventKind, london_day
from portal.audit import record
from portal.models import Enrolment, Person, QuizAttempt, TrainingEvent, TrainingEventSection
from portal.models.base import new_public_id

Versions: TypeAlias = tuple[tuple[str, str], ...]

_KINDS: Mapping[RequirementKind, frozenset[EventKind]] = {
    RequirementKind.READING: frozenset({EventKind.STARTED, EventKind.READ}),
    RequirementKind.QUIZ: frozenset({EventKind.STARTED, EventKind.PASSED, EventKind.FAILED}),
    RequirementKind.OBSERVED_TASK: frozenset(
        {EventKind.ASKED_FOR_SIGN_OFF, EventKind.SIGNED_OFF, EventKind.NOT_YET}
    ),
}
_DECIDED_BY_OTHERS = frozenset(
    {EventKind.SIGNED_OFF, EventKind.NOT_YET, EventKind.EXEMPTED, EventKind.REVOKED}
)
_NEEDS_A_REASON = frozenset({EventKind.NOT_YET, EventKind.EXEMPTED, EventKind.REVOKED})
_MARKED = frozenset({EventKind.PASSED, EventKind.FAILED})


class NotAllowed(Exception):
    """A record that must never be written, whoever asks for it."""


def record_event(
    session: Session,
    library: Library,
    enrolment: Enrolment,
    requirement: Requirement,
    kind: EventKind,
    *,
    actor: Person,
    at: datetime,
    note: str = "",
    attempt: QuizAttempt | None = None,
    versions: Versions | None = None,
) -> TrainingEvent:
    """Write down that something happened about a requirement: the only way to do so.

    A completion rests on the sections behind the requirement, in the versions
    given, or else as they are now. Refuses what nobody may record.
    """
    _refuse_what_nobody_may_record(enrolment, requirement, kind, actor, note, attempt)
    event = _event(library.programmes[enrolment.programme], enrolment, requirement, actor, at)
    event.kind, event.note = kind.value, note
    event.attempt_id = attempt.id if attempt else None
    if kind is COMPLETES[requirement.kind]:
        rests_on = versions_now(library, requirement) if versions is None else versions
        event.sections = [TrainingEventSection(section=s, version=v) for s, v in rests_on]
    session.add(event)
    subject = f"training_event:{event.public_id}"
    record(session, f"training.{kind}", actor=actor, subject=subject, at=at)
    return event


def _event(
    programme: Programme,
    enrolment: Enrolment,
    requirement: Requirement,
    actor: Person,
    at: datetime,
) -> TrainingEvent:
    return TrainingEvent(
        public_id=new_public_id(),
        person_id=enrolment.person_id,
        programme=programme.slug,
        programme_version=programme.version,
        requirement=requirement.id,
        happened_at=at,
        happened_on=london_day(at),
        actor_id=actor.id,
    )


def _refuse_what_nobody_may_record(
    enrolment: Enrolment,
    requirement: Requirement,
    kind: EventKind,
    actor: Person,
    note: str,
    attempt: QuizAttempt | None,
) -> None:
    by_rule = {EventKind.EXEMPTED, EventKind.REVOKED} | _KINDS[requirement.kind]
    if kind not in by_rule:
        raise NotAllowed(f"{kind} is nothing that a {requirement.kind} can have")
    if (actor.id == enrolment.person_id) is (kind in _DECIDED_BY_OTHERS):
        raise NotAllowed(f"{kind} is not for this person to say")
    if kind in _NEEDS_A_REASON and not note.strip():
        raise NotAllowed(f"{kind} needs a reason")
    if (kind in _MARKED) is (attempt is None):
        raise NotAllowed(f"{kind} and its attempt do not belong together")
    if attempt is not None:
        _refuse_a_borrowed_attempt(enrolment, requirement, kind, attempt)


def _refuse_a_borrowed_attempt(
    enrolment: Enrolment, requirement: Requirement, kind: EventKind, attempt: QuizAttempt
) -> None:
    result = attempt.result
    if result is None or result.passed is not (kind is EventKind.PASSED):
        raise NotAllowed(f"the attempt does not say {kind}")
    if (attempt.learner_id, attempt.quiz) != (enrolment.person_id, requirement.subject):
        raise NotAllowed("the attempt is somebody else's, or at another quiz")


def sections_behind(library: Library, requirement: Requirement) -> tuple[str, ...]:
    """The ids of the sections that a completion of the requirement rests on."""
    match requirement.kind:
        case RequirementKind.READING:
            return tuple(section.id for section in library.pages[requirement.subject].sections)
        case RequirementKind.QUIZ:
            return library.quizzes[requirement.subject].sections
        case RequirementKind.OBSERVED_TASK:
            return requirement.cites


def versions_now(library: Library, requirement: Requirement) -> Versions:
    """The sections behind the requirement, each with its version in the library."""
    now = library.section_versions()
    return tuple((section, now[section]) for section in sections_behind(library, requirement))
