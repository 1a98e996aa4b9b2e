"""Training records: the one door by which they are written, and where people stand by them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from domain.library import Library
from domain.programmes import Programme, Requirement, RequirementKind
from domain.standing import (
    COMPLETES,
    Event,
    EventKind,
    Meaning,
    PublishedVersion,
    Standing,
    london_day,
    standing,
)
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
        happened_on=london_day(at),
        actor_id=actor.id,
        note=note,
        attempt_id=attempt.id if attempt else None,
    )
    if kind is COMPLETES[requirement.kind]:
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


def running_on(on: date) -> ColumnElement[bool]:
    """The condition that an enrolment has not ended on this day; it may have yet to start."""
    return or_(Enrolment.ends_on.is_(None), Enrolment.ends_on > on)


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
    histories = _histories(session, library, enrolments, versions.values())
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
    where = standing(
        requirement,
        enrolment.starts_on,
        [_value(event, versions.get(event.id, ())) for event in events],
        histories,
        library.bank_holidays,
        on,
        enrolment.ends_on,
    )
    return Duty(enrolment, library.programmes[enrolment.programme], requirement, where, events)


def _value(row: TrainingEvent, versions: Versions) -> Event:
    return Event(
        EventKind(row.kind), row.happened_at, row.happened_on, versions, row.id, row.replaces_id
    )


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


def _histories(
    session: Session,
    library: Library,
    enrolments: Iterable[Enrolment],
    versions: Iterable[Versions],
) -> dict[str, list[PublishedVersion]]:
    found: dict[str, list[PublishedVersion]] = defaultdict(list)
    rows = session.execute(
        select(
            PublishedSection.section,
            PublishedSection.version,
            PublishedSection.meaning,
            Publication.published_at,
        )
        .join(Publication, Publication.id == PublishedSection.publication_id)
        .where(_matters_to(library, {each.programme for each in enrolments}, versions))
        .order_by(Publication.published_at, Publication.id, PublishedSection.section)
    )
    for section, version, meaning, published_at in rows:
        found[section].append(PublishedVersion(version, Meaning(meaning), published_at))
    return found


def _matters_to(
    library: Library, programmes: Iterable[str], versions: Iterable[Versions]
) -> ColumnElement[bool]:
    """Sections that a completion names or a task cites, and whatever stands on a page to read."""
    asked = [
        r
        for slug in programmes
        if slug in library.programmes
        for r in library.programmes[slug].requirements
    ]
    named = {section for each in versions for section, _ in each}
    named.update(section for requirement in asked for section in requirement.cites)
    pages = sorted({r.subject for r in asked if r.kind is RequirementKind.READING})
    return or_(
        PublishedSection.section.in_(named),
        *(PublishedSection.section.startswith(f"{page}#", autoescape=True) for page in pages),
    )
