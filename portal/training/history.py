"""The record in words: each entry with the titles of what it was about, as far as they last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.library import Library
from domain.standing import EventKind
from portal.exports import Cell
from portal.models import TrainingEvent

CSV_HEAD = (
    "when",
    "day",
    "programme",
    "requirement",
    "what_happened",
    "recorded_by",
    "note",
    "programme_version",
    "sections_with_versions",
    "record",
)


@dataclass(frozen=True)
class Entry:
    """One entry of a record. A title is the bare id where nothing has that id any more."""

    event: TrainingEvent
    kind: EventKind
    programme: str
    requirement: str


def entries(library: Library, events: Iterable[TrainingEvent]) -> tuple[Entry, ...]:
    """The entries in the order given."""
    return tuple(_entry(library, event) for event in events)


def _entry(library: Library, event: TrainingEvent) -> Entry:
    programme = library.programmes.get(event.programme)
    titles = {each.id: each.title for each in programme.requirements} if programme else {}
    return Entry(
        event,
        EventKind(event.kind),
        programme.title if programme else event.programme,
        titles.get(event.requirement, event.requirement),
    )


def csv_rows(found: Sequence[Entry]) -> list[Sequence[Cell]]:
    """The entries as rows under `CSV_HEAD`."""
    return [
        (
            each.event.happened_at,
            each.event.happened_on,
            each.programme,
            each.requirement,
            each.kind.value,
            each.event.actor.name,
            each.event.note,
            each.event.programme_version,
            "; ".join(f"{s.section} {s.version}" for s in each.event.sections),
            each.event.public_id,
        )
        for each in found
    ]
