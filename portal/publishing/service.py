"""What editors do: decide what each change means, and publish. Rows are added, never changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.library import Library
from domain.standing import Meaning
from portal.audit import record
from portal.models import ChainHead, Person, Publication, PublishedSection
from portal.models.base import new_public_id
from portal.publishing.changes import Change, ChangeKind, strongest
from portal.publishing.report import Report


class Undecided(Exception):
    """A section on which something rests was about to be published without a decision."""


@dataclass(frozen=True)
class Decision:
    """What an editor says that a change means, and why."""

    meaning: Meaning
    reason: str = ""


def record_first_publication(session: Session, library: Library, at: datetime) -> bool:
    """Record the guidance as it stands as the first publication, unless there was one.

    Every later change is told by its difference from this. Says whether it was
    recorded.
    """
    # Several processes may start at once: one records, the others wait and find it.
    session.execute(select(ChainHead.id).with_for_update())
    if session.scalars(select(func.count(Publication.id))).one():
        return False
    publication = Publication(
        public_id=new_public_id(),
        library_version=library.version,
        published_at=at,
        sections=[
            PublishedSection(
                section=section.id,
                version=section.version,
                title=section.title,
                body=section.body,
                meaning=Meaning.FIRST.value,
            )
            for page in library.pages.values()
            for section in page.sections
        ],
    )
    _add(session, publication, None, at)
    return True


def publish(
    session: Session,
    report: Report,
    decisions: Mapping[str, Decision],
    *,
    library_version: str,
    summary: str,
    publisher: Person,
    at: datetime,
) -> Publication:
    """Record what changed and what each change means to those who knew it before.

    Refuses while a section is undecided on which a question or a requirement
    rests. Any other that is left undecided is minor, or new.
    """
    cited = {card.change.section for card in report.cards if card.is_cited}
    if missing := sorted(cited - decisions.keys()):
        raise Undecided(", ".join(missing))
    made = decide(report.changes, decisions)
    publication = Publication(
        public_id=new_public_id(),
        library_version=library_version,
        published_at=at,
        publisher_id=publisher.id,
        summary=summary,
        sections=[_row(change, made[change.section]) for change in report.changes],
    )
    _add(session, publication, publisher, at)
    return publication


def decide(changes: Iterable[Change], decisions: Mapping[str, Decision]) -> dict[str, Decision]:
    """A decision for every change: the one made, or the one that follows."""
    listed = tuple(changes)
    made = {
        change.section: decisions.get(change.section, _UNDECIDED[change.kind])
        for change in listed
        if change.kind is not ChangeKind.FOLLOWS
    }
    followed = {
        change.section: _strongest(made[section] for section in change.below if section in made)
        for change in listed
        if change.kind is ChangeKind.FOLLOWS
    }
    return made | followed


_UNDECIDED = {
    ChangeKind.CHANGED: Decision(Meaning.MINOR),
    ChangeKind.ADDED: Decision(Meaning.FIRST),
    ChangeKind.REMOVED: Decision(Meaning.WITHDRAWN),
}


def _strongest(below: Iterable[Decision]) -> Decision:
    listed = tuple(below)
    meaning = strongest(each.meaning for each in listed)
    return next(each for each in listed if each.meaning is meaning)


def _row(change: Change, decision: Decision) -> PublishedSection:
    return PublishedSection(
        section=change.section,
        version=change.version,
        title=change.title,
        body=change.after,
        meaning=decision.meaning.value,
        reason=decision.reason,
    )


def _add(
    session: Session, publication: Publication, publisher: Person | None, at: datetime
) -> None:
    session.add(publication)
    record(
        session,
        "guidance.published",
        actor=publisher,
        subject=f"publication:{publication.public_id}",
        detail=f"{len(publication.sections)} sections",
        at=at,
    )
