"""The audit trail as administrators read it: newest first, in parts, by what they ask for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, literal, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.clock import LONDON
from portal.models import AuditEvent, GuardReason, Person

PAGE = 50
CHECKED = "audit.checked"
WARNED = "guard.warned"


@dataclass(frozen=True)
class Asked:
    """Which events: what was done, by whom, about what, and on which days, all inclusive."""

    action: str = ""
    who: str = ""
    about: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class TrailPage:
    """Some events, newest first. `newer` and `older` are ids to page on from; 0 at an end."""

    events: Sequence[AuditEvent]
    newer: int = 0
    older: int = 0


def trail_page(session: Session, asked: Asked, *, before: int = 0, after: int = 0) -> TrailPage:
    """A page of events: those before an id, those after one, or the newest."""
    wanted = select(AuditEvent).options(joinedload(AuditEvent.actor)).where(*_conditions(asked))
    if after:
        rows = wanted.where(AuditEvent.id > after).order_by(AuditEvent.id)
    else:
        rows = wanted.order_by(AuditEvent.id.desc())
        rows = rows.where(AuditEvent.id < before) if before else rows
    found = list(session.scalars(rows.limit(PAGE + 1)))
    more, shown = len(found) > PAGE, found[:PAGE]
    if after:
        shown.reverse()
    if not shown:
        return TrailPage(())
    return TrailPage(
        shown,
        newer=shown[0].id if (more if after else before) else 0,
        older=shown[-1].id if (after or more) else 0,
    )


def measure(session: Session, asked: Asked) -> tuple[int, int]:
    """How many events an export would have, and the newest id among them."""
    counted = select(func.count(AuditEvent.id), func.max(AuditEvent.id)).where(*_conditions(asked))
    number, newest = session.execute(counted).one()
    return number, newest or 0


def export_part(session: Session, asked: Asked, before: int, size: int) -> Sequence[AuditEvent]:
    """The next events of an export, newest first."""
    return session.scalars(
        select(AuditEvent)
        .options(joinedload(AuditEvent.actor))
        .where(*_conditions(asked), AuditEvent.id < before)
        .order_by(AuditEvent.id.desc())
        .limit(size)
    ).all()


def people_named(session: Session, events: Sequence[AuditEvent]) -> dict[str, Person]:
    """The people that events are about, by the subject that names them."""
    ids = {
        event.subject.removeprefix("person:")
        for event in events
        if event.subject.startswith("person:")
    }
    found = session.scalars(select(Person).where(Person.public_id.in_(ids)))
    return {f"person:{person.public_id}": person for person in found}


def reasons_for(session: Session, events: Sequence[AuditEvent]) -> dict[int, str]:
    """Why texts were kept although the guard warned of them, by the id of the event."""
    ids = [event.id for event in events if event.action == WARNED]
    if not ids:
        return {}
    rows = session.scalars(select(GuardReason).where(GuardReason.event_id.in_(ids)))
    return {row.event_id: row.reason for row in rows}


def last_check(session: Session) -> AuditEvent | None:
    """The latest check of the chain that somebody ran from here."""
    return session.scalars(
        select(AuditEvent)
        .options(joinedload(AuditEvent.actor))
        .where(AuditEvent.action == CHECKED)
        .order_by(AuditEvent.id.desc())
        .limit(1)
    ).first()


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.action:
        found.append(AuditEvent.action == asked.action)
    if asked.who:
        found.append(AuditEvent.actor_id.in_(select(Person.id).where(_named(asked.who))))
    if asked.about:
        found.append(_about(asked.about))
    if asked.since:
        found.append(AuditEvent.happened_at >= _midnight(asked.since))
    if asked.until:
        found.append(AuditEvent.happened_at < _midnight(asked.until + timedelta(days=1)))
    return found


def _named(text: str) -> ColumnElement[bool]:
    return or_(
        Person.name.icontains(text, autoescape=True), Person.email.icontains(text, autoescape=True)
    )


def _about(text: str) -> ColumnElement[bool]:
    """The subject as it is kept, or the name of the person whom it stands for."""
    people = select(literal("person:") + Person.public_id).where(_named(text))
    return or_(AuditEvent.subject.icontains(text, autoescape=True), AuditEvent.subject.in_(people))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
