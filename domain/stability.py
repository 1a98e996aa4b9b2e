"""Stability: how firmly an organisation stands where its scores put it.

The model: if an equally careful colleague scored it again, each value would be
one step lower with probability p, one step higher with p, and else the same;
a step off the scale stays put. Everything follows from that by counting, so
there is nothing to simulate and nothing changes between two looks at a page.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import fsum, prod

from domain.priority import HIGH, HIGHEST, LOWEST, Scores, place, tier_of
from domain.stakeholders import Attribute

# A rule of thumb, until enough organisations have been scored twice.
ONE_IN_FOUR = Fraction(1, 4)
FIRM_FROM, FAIRLY_FIRM_FROM = 90, 75

# The chances of tier 1, tier 2 and tier 3, in that order.
TierChances = tuple[Fraction, Fraction, Fraction]
# Each sum that can come of scoring again with its chance, lowest sum first.
SumChances = tuple[tuple[int, Fraction], ...]


class Firmness(StrEnum):
    """The three words for how likely the same tier is."""

    FIRM = "firm"
    FAIRLY_FIRM = "fairly firm"
    EITHER_WAY = "could go either way"


@dataclass(frozen=True)
class Stability:
    """How likely the same tier would come of scoring again.

    `in_100` is rounded down, so that the number never says more than the word,
    and 100 is said only where no single step can change anything.
    """

    tier: int
    firmness: Firmness
    in_100: int
    chances: TierChances


def stability(scores: Scores, p: Fraction = ONE_IN_FOUR) -> Stability | None:
    """How firm the tier is, or None for an organisation that is not yet placed."""
    placement = place(scores)
    if placement is None:
        return None
    chances = tier_chances(scores, p)
    in_100 = int(chances[placement.tier - 1] * 100)
    return Stability(placement.tier, _firmness(in_100), in_100, chances)


def _firmness(in_100: int) -> Firmness:
    if in_100 >= FIRM_FROM:
        return Firmness.FIRM
    return Firmness.FAIRLY_FIRM if in_100 >= FAIRLY_FIRM_FROM else Firmness.EITHER_WAY


@lru_cache(maxsize=4096)
def tier_chances(scores: Scores, p: Fraction = ONE_IN_FOUR) -> TierChances:
    """The exact chance of each tier, over all 81 ways in which four values can move."""
    chances = [Fraction(0)] * 3
    for combination in _combinations(scores, p):
        after = [value for value, _ in combination]
        tier = tier_of(sum(after), after[2], after[3])
        chances[tier - 1] += prod(chance for _, chance in combination)
    return chances[0], chances[1], chances[2]


def scales_on_the_line(scores: Scores) -> tuple[Attribute, ...]:
    """Those of influence and interest that a single step takes into another quadrant.

    Only 3 and 4 lie beside the line, whatever p is: none is "firm", one is
    "close on one scale", two is "close on both".
    """
    influence, interest, _, _ = _known(scores)
    pairs = ((Attribute.INFLUENCE, influence), (Attribute.INTEREST, interest))
    return tuple(name for name, value in pairs if value in (HIGH - 1, HIGH))


def quadrant_stay(scores: Scores, p: Fraction = ONE_IN_FOUR) -> Fraction:
    """The exact chance of the same quadrant: 1, 1 - p or (1 - p) squared."""
    return (1 - _checked(p)) ** len(scales_on_the_line(scores))


@lru_cache(maxsize=4096)
def sum_chances(scores: Scores, p: Fraction = ONE_IN_FOUR) -> SumChances:
    """The exact chance of each sum: all that matters of scores for an order by sum."""
    chances: dict[int, Fraction] = {}
    for combination in _combinations(scores, p):
        total = sum(value for value, _ in combination)
        chance = prod(chance for _, chance in combination)
        chances[total] = chances.get(total, Fraction(0)) + chance
    return tuple(sorted(chances.items()))


def in_top(k: int, register: Sequence[Scores], p: Fraction = ONE_IN_FOUR) -> tuple[float, ...]:
    """For each organisation, the chance to be in, or tied for, the first k by sum.

    That is the chance that fewer than k others have a higher sum, when all are
    scored again. Ties are not split. The answers are in the order given, and do
    not depend on it.
    """
    if k < 1:
        raise ValueError("the first k are at least one")
    sums = [sum_chances(each, p) for each in register]
    alike = Counter(sums)
    answers = {own: _chance_in_top(k, own, alike - Counter([own])) for own in alike}
    return tuple(answers[own] for own in sums)


def _chance_in_top(k: int, own: SumChances, others: Counter[SumChances]) -> float:
    return fsum(
        float(chance) * _chance_fewer_than(k, _chances_above(total, others))
        for total, chance in own
    )


def _chances_above(total: int, others: Counter[SumChances]) -> Iterator[float]:
    # In a fixed order, because the last digit of a sum of floats depends on it.
    for sums in sorted(others):
        above = float(sum(chance for reached, chance in sums if reached > total))
        yield from [above] * others[sums]


def _chance_fewer_than(k: int, chances: Iterable[float]) -> float:
    """The chance that fewer than k of these independent things happen (Poisson-binomial)."""
    happened = [1.0] + [0.0] * (k - 1)
    for chance in chances:
        if not chance:
            continue
        for count in range(k - 1, 0, -1):
            happened[count] += (happened[count - 1] - happened[count]) * chance
        happened[0] -= happened[0] * chance
    return fsum(happened)


def _combinations(scores: Scores, p: Fraction) -> Iterator[tuple[tuple[int, Fraction], ...]]:
    return product(*(_moves(value, _checked(p)).items() for value in _known(scores)))


def _moves(value: int, p: Fraction) -> dict[int, Fraction]:
    chances = {value: 1 - 2 * p}
    for step in (value - 1, value + 1):
        reached = min(max(step, LOWEST), HIGHEST)
        chances[reached] = chances.get(reached, Fraction(0)) + p
    return chances


def _known(scores: Scores) -> tuple[int, ...]:
    known = tuple(value for value in scores.values if value is not None)
    if scores.unknown:
        raise ValueError("an organisation that is not yet placed has no chances")
    return known


def _checked(p: Fraction) -> Fraction:
    if not 0 <= p <= Fraction(1, 2):
        raise ValueError("the chance of one step each way is from 0 to a half")
    return p
