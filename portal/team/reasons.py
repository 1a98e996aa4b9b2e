"""Why somebody stands where they stand: the rule, the entries, the versions."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.library import Library
from portal.models import TrainingEvent
from portal.records import Duty, sections_behind


@dataclass(frozen=True)
class SectionState:
    """One section: the version that the completion rests on, today's, and whether it matters."""

    id: str
    held: str
    now: str
    matters: bool


@dataclass(frozen=True)
class Why:
    """Everything that the derivation went by."""

    duty: Duty
    events: Sequence[TrainingEvent]
    sections: tuple[SectionState, ...]


def why_of(library: Library, duty: Duty, events: Sequence[TrainingEvent]) -> Why:
    """The reasons for one cell of the table."""
    held = dict(duty.rests_on)
    now = library.section_versions()
    behind = sections_behind(library, duty.requirement)
    everything = sorted({*behind, *held, *duty.standing.changed})
    sections = tuple(
        SectionState(id_, held.get(id_, ""), now.get(id_, ""), id_ in duty.standing.changed)
        for id_ in everything
    )
    return Why(duty, events, sections)
