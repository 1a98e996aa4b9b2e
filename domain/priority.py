"""Priority: how much of our attention an organisation is due, and in what style.

The tier sets how often an organisation is reviewed and met, the quadrant how.
Support is no part of either: stance must never decide who is heard.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.stakeholders import Attribute
from domain.working_days import add_months

# The attributes that are added up, in the order in which the sum is told.
SIZING = (Attribute.INFLUENCE, Attribute.INTEREST, Attribute.IMPACT, Attribute.IMPORTANCE)

LOWEST, HIGHEST = 1, 5
# From here a value is high. 3 is low: a cut at 3 would put the middle of the scale on the line.
HIGH = 4
TIER_1_FROM, TIER_2_FROM = 16, 11
FLOOR_TIER = 2

REVIEW_MONTHS = {1: 6, 2: 12, 3: 24}
REVIEW_DAYS_NOT_PLACED = 90


class Quadrant(StrEnum):
    """The style of contact, from influence and interest."""

    WORK_WITH_CLOSELY = "work-with-closely"
    KEEP_SATISFIED = "keep-satisfied"
    KEEP_INFORMED = "keep-informed"
    WEBSITE_NOTICES = "website-notices"


@dataclass(frozen=True)
class Scores:
    """The four sizing values, 1 to 5. None is "not known", and is never guessed."""

    influence: int | None
    interest: int | None
    impact: int | None
    importance: int | None

    def __post_init__(self) -> None:
        for value in self.values:
            if value is not None and not LOWEST <= value <= HIGHEST:
                raise ValueError(f"a value is from 1 to 5 or not known, not {value}")

    @property
    def values(self) -> tuple[int | None, ...]:
        """The values in the order of `SIZING`."""
        return (self.influence, self.interest, self.impact, self.importance)

    @property
    def unknown(self) -> tuple[Attribute, ...]:
        """The attributes that are not known."""
        return tuple(name for name, value in zip(SIZING, self.values, strict=True) if value is None)


@dataclass(frozen=True)
class Placement:
    """Where an organisation is placed. `parts` are the values whose sum is `total`.

    `floor_applied` says that the sum alone would have given a lower tier.
    """

    parts: tuple[tuple[Attribute, int], ...]
    total: int
    tier: int
    floor_applied: bool
    quadrant: Quadrant
    affected_but_not_heard: bool


def place(scores: Scores) -> Placement | None:
    """The placement, or None ("not yet placed") where any value is not known.

    The tier follows the sum of four (16 and more: 1; 11 to 15: 2; else 3), but
    impact 5 or importance 5 is never below tier 2, so that nobody on whom
    everything falls is dropped for having no lever.
    """
    values = tuple(value for value in scores.values if value is not None)
    if len(values) < len(SIZING):
        return None
    influence, interest, impact, importance = values
    total = sum(values)
    tier = tier_of(total, impact, importance)
    quadrant = quadrant_of(influence, interest)
    return Placement(
        parts=tuple(zip(SIZING, values, strict=True)),
        total=total,
        tier=tier,
        floor_applied=tier < _tier_by_sum(total),
        quadrant=quadrant,
        affected_but_not_heard=quadrant is Quadrant.WEBSITE_NOTICES and impact == HIGHEST,
    )


def known_floor(scores: Scores) -> int | None:
    """The tier below which it cannot fall, or None where there is no such floor.

    This holds for an organisation that is not yet placed as well: one known
    value of impact 5 or importance 5 is enough.
    """
    return FLOOR_TIER if HIGHEST in (scores.impact, scores.importance) else None


def tier_of(total: int, impact: int, importance: int) -> int:
    """The tier (1 to 3) of a sum, with the floor."""
    floor = FLOOR_TIER if HIGHEST in (impact, importance) else 3
    return min(_tier_by_sum(total), floor)


def _tier_by_sum(total: int) -> int:
    if total >= TIER_1_FROM:
        return 1
    return 2 if total >= TIER_2_FROM else 3


def quadrant_of(influence: int, interest: int) -> Quadrant:
    """The style of contact. High is 4 or 5."""
    if influence >= HIGH:
        return Quadrant.WORK_WITH_CLOSELY if interest >= HIGH else Quadrant.KEEP_SATISFIED
    return Quadrant.KEEP_INFORMED if interest >= HIGH else Quadrant.WEBSITE_NOTICES


def next_review_on(tier: int | None, assessed_on: date) -> date:
    """The day by which an assessment is to be looked at again.

    That is 6, 12 or 24 months on, by tier. An organisation that is not yet
    placed (None) has no tier; what is not known is asked for within 90 days.
    """
    if tier is None:
        return assessed_on + timedelta(days=REVIEW_DAYS_NOT_PLACED)
    return add_months(assessed_on, REVIEW_MONTHS[tier])
