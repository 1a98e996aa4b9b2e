"""The worked example of the scoring specification, read from its table."""

from dataclasses import dataclass
from fractions import Fraction

from domain.priority import Scores
from tests.builders.cases import table


@dataclass(frozen=True)
class Vector:
    """One fictitious body with all that is to follow from its scores."""

    name: str
    scores: Scores
    total: int
    tier: int
    chances: tuple[str, ...]
    quadrant: str
    stay: Fraction
    in_top_5: str


def vectors() -> list[Vector]:
    """The bodies A to M, in order; M is not in the set whose top five are asked for."""
    return [_vector(row) for row in table("priority.txt")]


def _vector(row: list[str]) -> Vector:
    name, *rest = row
    influence, interest, impact, importance, total, tier = (int(word) for word in rest[:6])
    return Vector(
        name=name,
        scores=Scores(influence, interest, impact, importance),
        total=total,
        tier=tier,
        chances=tuple(rest[6:9]),
        quadrant=rest[9],
        stay=Fraction(rest[10]),
        in_top_5=rest[11],
    )
