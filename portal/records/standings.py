"""Reading training records: where people stand by them, as on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
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
    standing,
)
from portal.models import (
    Enrolment,
    Publication,
    PublishedSection,
    TrainingEvent,
    TrainingEventSection,
)
from portal.records.writing import Versions

Key: TypeAlias = tuple[int, str, str]


@dataclass(frozen=True)
class Duty:
    """One requirement of one person's enrolment: what happened about it, and where it stands.

    `events` are all of its rows up to the day asked for, oldest first;
    `rests_on` is what the completion that counts was about, if there is one.
    """

    enrolment: Enrolment
    programme: Programme
    requirement: Requirement
    standing: Standing
    events: tuple[TrainingEvent, ...]
    rests_on: Versions = ()


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
    counted = (
        versions.get(event.id, ())
        for event in reversed(events)
        if event.kind == COMPLETES[requirement.kind] and event.happened_on == where.done_on
    )
    programme = library.programmes[enrolment.programme]
    return Duty(enrolment, programme, requirement, where, events, next(counted, ()))


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
