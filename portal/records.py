"""Training records: the one door by which they are written, and where people stand by them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.library import Library
from domain.programmes import Programme, Requirement, RequirementKind
from domain.standing import Event, EventKind, Meaning, PublishedVersion, Standing, standing
from portal.audit import record
from portal.models import (
    Enrolment,
    Person,
    Publication,
    PublishedSection,
    QuizAttempt,
    TrainingEvent,
    TrainingEventSection,
)
from portal.models.base import new_public_id

LONDON = ZoneInfo("Europe/London")

# What proves that somebody knows; only these rest on sections.
COMPLETIONS = frozenset({EventKind.READ, EventKind.PASSED, EventKind.SIGNED_OFF})

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

Key: TypeAlias = tuple[int, str, str]
Versions: TypeAlias = tuple[tuple[str, str], ...]


class NotAllowed(Exception):
    """A record that must never be written, whoever asks for it."""


@dataclass(frozen=True)
class Duty:
    """One requirement of one person's enrolment: what happened about it, and where it stands.

    `events` are all of its rows up to the day asked for, oldest first.
    """

    enrolment: Enrolment
    programme: Programme
    requirement: Requirement
    standing: Standing
    events: tuple[TrainingEvent, ...]


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
    programme = library.programmes[enrolment.programme]
    event = TrainingEvent(
        public_id=new_public_id(),
        kind=kind.value,
        person_id=enrolment.person_id,
        programme=programme.slug,
        programme_version=programme.version,
        requirement=requirement.id,
        happened_at=at,
        happened_on=day_of(at),
        actor_id=actor.id,
        note=note,
        attempt_id=attempt.id if attempt else None,
    )
    if kind in COMPLETIONS:
        rests_on = versions_now(library, requirement) if versions is None else versions
        event.sections = [TrainingEventSection(section=s, version=v) for s, v in rests_on]
    session.add(event)
    record(
        session, f"training.{kind}", actor=actor, subject=f"training_event:{event.public_id}", at=at
    )
    return event


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


def day_of(at: datetime) -> date:
    """The day of an instant where the section works."""
    return at.astimezone(LONDON).date()


def runs_on(enrolment: Enrolment, on: date) -> bool:
    """Whether the enrolment has not ended on this day; one that is yet to start counts."""
    return enrolment.ends_on is None or on < enrolment.ends_on


def standings_of(
    session: Session, library: Library, enrolments: Sequence[Enrolment], on: date
) -> tuple[Duty, ...]:
    """Where each enrolment stands on each requirement of its programme, as on a day.

    In the order of the enrolments, then of the programme. Three queries,
    however many people: events, their sections, the histories of these. A
    programme that is no longer authored has no requirements.
    """
    rows = _events(session, enrolments, on)
    versions = _event_versions(session, enrolments, on)
    histories = _histories(session, {s for each in versions.values() for s, _ in each})
    return tuple(
        _duty(library, enrolment, requirement, rows, versions, histories, on)
        for enrolment in enrolments
        if enrolment.programme in library.programmes
        for requirement in library.programmes[enrolment.programme].requirements
    )


def _duty(
    library: Library,
    enrolment: Enrolment,
    requirement: Requirement,
    rows: Mapping[Key, Sequence[TrainingEvent]],
    versions: Mapping[int, Versions],
    histories: Mapping[str, Sequence[PublishedVersion]],
    on: date,
) -> Duty:
    events = tuple(rows.get((enrolment.person_id, enrolment.programme, requirement.id), ()))
    corrected = {event.replaces_id for event in events}
    where = standing(
        requirement,
        enrolment.starts_on,
        [
            Event(EventKind(e.kind), e.happened_at, e.happened_on, versions.get(e.id, ()))
            for e in events
            if e.id not in corrected
        ],
        histories,
        library.bank_holidays,
        on,
    )
    return Duty(enrolment, library.programmes[enrolment.programme], requirement, where, events)


def _events(
    session: Session, enrolments: Iterable[Enrolment], on: date
) -> dict[Key, list[TrainingEvent]]:
    found: dict[Key, list[TrainingEvent]] = defaultdict(list)
    rows = session.scalars(
        select(TrainingEvent)
        .where(
            TrainingEvent.person_id.in_({each.person_id for each in enrolments}),
            TrainingEvent.happened_on <= on,
        )
        .order_by(TrainingEvent.happened_at, TrainingEvent.id)
    )
    for row in rows:
        found[row.person_id, row.programme, row.requirement].append(row)
    return found


def _event_versions(
    session: Session, enrolments: Iterable[Enrolment], on: date
) -> dict[int, Versions]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = session.execute(
        select(
            TrainingEventSection.event_id,
            TrainingEventSection.section,
            TrainingEventSection.version,
        )
        .join(TrainingEvent, TrainingEvent.id == TrainingEventSection.event_id)
        .where(
            TrainingEvent.person_id.in_({each.person_id for each in enrolments}),
            TrainingEvent.happened_on <= on,
        )
        .order_by(TrainingEventSection.event_id, TrainingEventSection.section)
    )
    for event_id, section, version in rows:
        found[event_id].append((section, version))
    return {event_id: tuple(each) for event_id, each in found.items()}


def _histories(session: Session, sections: Iterable[str]) -> dict[str, list[PublishedVersion]]:
    found: dict[str, list[PublishedVersion]] = defaultdict(list)
    rows = session.execute(
        select(
            PublishedSection.section,
            PublishedSection.version,
            PublishedSection.meaning,
            Publication.published_at,
        )
        .join(Publication, Publication.id == PublishedSection.publication_id)
        .where(PublishedSection.section.in_(set(sections)))
        .order_by(Publication.published_at, Publication.id, PublishedSection.section)
    )
    for section, version, meaning, published_at in rows:
        found[section].append(PublishedVersion(version, Meaning(meaning), published_at))
    return found
