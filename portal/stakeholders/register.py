"""What follows from an assessment, and the register as rows to show. Nothing here is stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.priority import Placement, Scores, known_floor, next_review_on, place
from domain.stability import Stability, scales_on_the_line, stability
from domain.stakeholders import Attribute
from portal.models import Organisation, StakeholderAssessment

Levels = Mapping[Attribute, int | None]

DUE_SOON_WITHIN = timedelta(days=30)


@dataclass(frozen=True)
class Position:
    """Where scores of one day place an organisation. Support is no part of it.

    `placement` and `stability` are None while a value is not known; `floor` is
    the tier below which it cannot fall even then. `on_the_line` are the scales
    on which a single step changes the quadrant.
    """

    scores: Scores
    placement: Placement | None
    stability: Stability | None
    floor: int | None
    on_the_line: tuple[Attribute, ...]
    review_on: date

    @property
    def missing(self) -> tuple[Attribute, ...]:
        """What is not known and stands in the way of a placement."""
        return self.scores.unknown


@dataclass(frozen=True)
class Entry:
    """One organisation as the register lists it, as on a day."""

    organisation: Organisation
    assessment: StakeholderAssessment | None
    position: Position | None

    @property
    def placement(self) -> Placement | None:
        """The placement, or None while the organisation is not yet placed."""
        return self.position.placement if self.position else None

    @property
    def themes(self) -> tuple[str, ...]:
        """The slugs of the issues that matter to it."""
        return tuple(self.organisation.themes.split())


@dataclass(frozen=True)
class Choice:
    """What somebody asked the register for; an empty word asks for all."""

    tier: str = ""
    group: str = ""
    issue: str = ""
    review: str = ""


def levels_of(assessment: StakeholderAssessment) -> dict[Attribute, int | None]:
    """The five values of an assessment; None is "not known"."""
    return {attribute: getattr(assessment, attribute.value) for attribute in Attribute}


def position(levels: Levels, assessed_on: date) -> Position:
    """Where these values, given on this day, place an organisation."""
    scores = Scores(
        influence=levels[Attribute.INFLUENCE],
        interest=levels[Attribute.INTEREST],
        impact=levels[Attribute.IMPACT],
        importance=levels[Attribute.IMPORTANCE],
    )
    placement = place(scores)
    return Position(
        scores=scores,
        placement=placement,
        stability=stability(scores) if placement else None,
        floor=known_floor(scores),
        on_the_line=scales_on_the_line(scores) if placement else (),
        review_on=next_review_on(placement.tier if placement else None, assessed_on),
    )


def position_of(assessment: StakeholderAssessment) -> Position:
    """Where an assessment places its organisation."""
    return position(levels_of(assessment), assessment.assessed_on)


def entries(
    organisations: Iterable[Organisation], assessments: Mapping[int, StakeholderAssessment]
) -> tuple[Entry, ...]:
    """The register, in the order of the organisations."""
    return tuple(_entry(each, assessments.get(each.id)) for each in organisations)


def _entry(organisation: Organisation, assessment: StakeholderAssessment | None) -> Entry:
    return Entry(organisation, assessment, position_of(assessment) if assessment else None)


def chosen(register: Iterable[Entry], choice: Choice, on: date) -> tuple[Entry, ...]:
    """The entries that were asked for, in the order in which they came."""
    return tuple(each for each in register if _fits(each, choice, on))


def _fits(entry: Entry, choice: Choice, on: date) -> bool:
    return (
        choice.tier in ("", tier_word(entry))
        and choice.group in ("", entry.organisation.group)
        and choice.issue in ("", *entry.themes)
        and choice.review in ("", *review_words(entry, on))
    )


def tier_word(entry: Entry) -> str:
    """The tier as it stands in an address: 1, 2, 3 or `not-placed`."""
    return str(entry.placement.tier) if entry.placement else "not-placed"


def review_words(entry: Entry, on: date) -> tuple[str, ...]:
    """Which of the review filters an entry answers to on a day."""
    if entry.position is None:
        return ("never",)
    if entry.position.review_on <= on:
        return ("due", "soon")
    return ("soon",) if entry.position.review_on <= on + DUE_SOON_WITHIN else ()
