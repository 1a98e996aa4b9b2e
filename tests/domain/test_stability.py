"""Stability: exact chances, against the specification, by hand and by lot."""

import random
from fractions import Fraction
from itertools import pairwise, product
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.priority import Placement, Scores, place
from domain.stability import (
    Firmness,
    in_top,
    quadrant_stay,
    scales_on_the_line,
    stability,
    sum_chances,
    tier_chances,
)
from domain.stakeholders import Attribute
from tests.builders.vectors import Vector, vectors

ALL = [Scores(*values) for values in product(range(1, 6), repeat=4)]
SCORES = st.sampled_from(ALL)
STEP_CHANCES = st.fractions(0, Fraction(1, 2), max_denominator=40)
EXAMPLE = vectors()
TOP_SET = [vector for vector in EXAMPLE if vector.in_top_5 != "-"]
by_name = pytest.mark.parametrize("vector", EXAMPLE, ids=lambda vector: vector.name)


def placement_of(scores: Scores) -> Placement:
    """The placement of scores that are all known."""
    placement = place(scores)
    assert placement is not None
    return placement


def rescored_sums(scores: Scores) -> list[int]:
    """The sums of 256 colleagues, of whom one in four goes a step down and one a step up."""
    four = [[min(max((v or 0) + s, 1), 5) for s in (-1, 0, 0, 1)] for v in scores.values]
    return [sum(values) for values in product(*four)]


@by_name
def test_the_chances_of_the_tiers_are_those_of_the_specification(vector: Vector) -> None:
    chances = tier_chances(vector.scores)

    assert [round(float(chance), 4) for chance in chances] == [float(c) for c in vector.chances]


@by_name
def test_the_chance_to_stay_in_the_quadrant_is_that_of_the_specification(vector: Vector) -> None:
    assert quadrant_stay(vector.scores) == vector.stay


def test_the_chances_to_be_in_the_top_five_are_those_of_the_specification() -> None:
    chances = in_top(5, [vector.scores for vector in TOP_SET])

    assert len(TOP_SET) == 12
    assert [f"{chance:.3f}" for chance in chances] == [f"0{v.in_top_5}" for v in TOP_SET]


def test_chances_are_exact_fractions() -> None:
    assert tier_chances(Scores(5, 4, 3, 5)) == (Fraction(206, 256), Fraction(50, 256), Fraction(0))
    assert quadrant_stay(Scores(3, 4, 1, 1), Fraction(1, 3)) == Fraction(4, 9)


def test_over_all_combinations_the_chance_of_the_same_tier_is_as_computed_for_the_rule() -> None:
    same = [tier_chances(scores)[placement_of(scores).tier - 1] for scores in ALL]

    assert len(same) == 625
    assert round(float(sum(same) / 625), 3) == 0.818
    assert round(float(min(same)), 2) == 0.44


@settings(max_examples=60)
@given(SCORES, STEP_CHANCES)
def test_the_chances_are_those_of_every_way_in_which_four_values_can_move(
    scores: Scores, p: Fraction
) -> None:
    tiers = {1: Fraction(0), 2: Fraction(0), 3: Fraction(0)}
    sums: dict[int, Fraction] = {}
    stay = Fraction(0)
    before = placement_of(scores)
    for steps in product((-1, 0, 1), repeat=4):
        values = [min(max((v or 0) + s, 1), 5) for v, s in zip(scores.values, steps, strict=True)]
        chance = prod((1 - 2 * p if step == 0 else p for step in steps), start=Fraction(1))
        after = placement_of(Scores(*values))
        tiers[after.tier] += chance
        sums[after.total] = sums.get(after.total, Fraction(0)) + chance
        stay += chance * (after.quadrant is before.quadrant)

    assert tier_chances(scores, p) == tuple(tiers.values())
    assert sum_chances(scores, p) == tuple(sorted(sums.items()))
    assert quadrant_stay(scores, p) == stay


@given(SCORES, STEP_CHANCES)
def test_chances_add_up_to_one(scores: Scores, p: Fraction) -> None:
    assert sum(tier_chances(scores, p)) == 1
    assert sum(chance for _, chance in sum_chances(scores, p)) == 1


@given(SCORES)
def test_where_no_step_is_ever_taken_nothing_changes(scores: Scores) -> None:
    found = stability(scores, Fraction(0))

    assert found is not None
    assert (found.in_100, found.firmness) == (100, Firmness.FIRM)
    assert quadrant_stay(scores, Fraction(0)) == 1


@pytest.mark.parametrize(
    ("name", "in_100", "words"),
    [
        ("A", 80, "fairly firm"),
        ("B", 99, "firm"),
        ("D", 95, "firm"),
        ("E", 63, "could go either way"),
        ("G", 57, "could go either way"),
        ("H", 85, "fairly firm"),
        ("I", 92, "firm"),
        ("K", 96, "firm"),
        ("L", 100, "firm"),
        ("M", 75, "fairly firm"),
    ],
)
def test_what_is_told_is_a_number_of_a_hundred_and_one_of_three_words(
    name: str, in_100: int, words: str
) -> None:
    scores = next(vector.scores for vector in EXAMPLE if vector.name == name)

    found = stability(scores)

    assert found is not None
    assert (found.in_100, found.firmness) == (in_100, words)


@pytest.mark.parametrize(
    ("in_100", "p"),
    [
        (90, Fraction(1, 10)),
        (89, Fraction("0.1001")),
        (75, Fraction(1, 4)),
        (74, Fraction("0.2501")),
    ],
)
def test_the_words_change_at_90_and_at_75(in_100: int, p: Fraction) -> None:
    # Sum 9 with importance 5: only a step down from 5 leaves tier 2, and none reaches tier 1.
    found = stability(Scores(1, 1, 1, 5), p)

    assert found is not None
    assert found.chances[1] == 1 - p
    assert found.in_100 == in_100
    assert (
        found.firmness
        == {
            90: Firmness.FIRM,
            89: Firmness.FAIRLY_FIRM,
            75: Firmness.FAIRLY_FIRM,
            74: Firmness.EITHER_WAY,
        }[in_100]
    )


def test_100_in_100_is_said_only_where_no_step_changes_the_tier() -> None:
    for scores in ALL:
        found = stability(scores)
        assert found is not None
        assert (found.in_100 == 100) is (found.chances[found.tier - 1] == 1)


def test_an_organisation_that_is_not_yet_placed_has_no_stability() -> None:
    scores = Scores(5, 5, 5, None)

    assert stability(scores) is None
    with pytest.raises(ValueError, match="not yet placed"):
        tier_chances(scores)
    with pytest.raises(ValueError, match="not yet placed"):
        quadrant_stay(Scores(3, 3, None, 3))
    with pytest.raises(ValueError, match="not yet placed"):
        in_top(1, [Scores(3, 3, 3, 3), scores])


@pytest.mark.parametrize("p", [Fraction(-1, 100), Fraction(51, 100), Fraction(1)])
def test_a_chance_that_cannot_be_is_refused(p: Fraction) -> None:
    for use in (stability, tier_chances, quadrant_stay, sum_chances):
        with pytest.raises(ValueError, match="from 0 to a half"):
            use(Scores(3, 3, 3, 3), p)


def test_only_influence_and_interest_of_3_or_4_lie_beside_the_line() -> None:
    influence, interest = Attribute.INFLUENCE, Attribute.INTEREST

    assert scales_on_the_line(Scores(3, 4, 1, 1)) == (influence, interest)
    assert scales_on_the_line(Scores(4, 5, 3, 3)) == (influence,)
    assert scales_on_the_line(Scores(2, 3, 4, 4)) == (interest,)
    assert scales_on_the_line(Scores(2, 5, 3, 4)) == ()


def test_the_top_is_at_least_one() -> None:
    with pytest.raises(ValueError, match="at least one"):
        in_top(0, [Scores(3, 3, 3, 3)])


def test_alone_or_among_fewer_than_k_one_is_always_in_the_top() -> None:
    assert in_top(1, [Scores(1, 1, 1, 1)]) == (1.0,)
    assert in_top(3, [Scores(1, 1, 1, 1), Scores(5, 5, 5, 5), Scores(3, 3, 3, 3)]) == (1, 1, 1)
    assert in_top(2, []) == ()


def test_of_two_that_cannot_meet_the_higher_is_first() -> None:
    low, high = Scores(1, 1, 1, 1), Scores(5, 5, 5, 5)

    assert in_top(1, [low, high, low]) == (0, 1, 0)
    assert in_top(2, [low, high, low])[1] == 1


def test_a_tie_is_in_the_top_for_both() -> None:
    # Without any steps both stay at 12, and neither is above the other.
    pair = [Scores(3, 3, 3, 3), Scores(4, 4, 2, 2)]

    assert in_top(1, pair, Fraction(0)) == (1, 1)


@settings(max_examples=25)
@given(st.lists(SCORES, min_size=1, max_size=3), st.integers(1, 3), STEP_CHANCES)
def test_the_chance_of_the_top_is_that_of_every_combination_of_sums(
    register: list[Scores], k: int, p: Fraction
) -> None:
    expected = [Fraction(0)] * len(register)
    for combination in product(*(sum_chances(scores, p) for scores in register)):
        chance = prod((each for _, each in combination), start=Fraction(1))
        totals = [total for total, _ in combination]
        for place_, own in enumerate(totals):
            expected[place_] += chance * (sum(total > own for total in totals) < k)

    assert in_top(k, register, p) == pytest.approx([float(each) for each in expected], abs=1e-12)


@given(st.lists(SCORES, max_size=12), st.integers(1, 5), st.randoms(use_true_random=False))
def test_the_order_of_the_register_does_not_change_a_single_digit(
    register: list[Scores], k: int, draw: random.Random
) -> None:
    order = list(range(len(register)))
    draw.shuffle(order)

    straight = in_top(k, register)
    shuffled = in_top(k, [register[place_] for place_ in order])

    assert shuffled == tuple(straight[place_] for place_ in order)


@settings(max_examples=30)
@given(st.lists(SCORES, min_size=1, max_size=8))
def test_a_longer_top_never_has_less_room(register: list[Scores]) -> None:
    chances = [in_top(k, register) for k in range(1, len(register) + 1)]

    for shorter, longer in pairwise(chances):
        assert all(a <= b + 1e-12 for a, b in zip(shorter, longer, strict=True))
    assert chances[-1] == pytest.approx([1.0] * len(register))


def test_drawing_lots_200_000_times_agrees_to_half_a_hundredth() -> None:
    draw = random.Random(20161114)  # noqa: S311 a simulation has no secrets
    bodies = [vector.scores for vector in TOP_SET]
    chances, draws = in_top(5, bodies), 200_000
    drawn = [draw.choices(rescored_sums(scores), k=draws) for scores in bodies]
    hits = [0] * len(bodies)
    for totals in zip(*drawn, strict=True):
        fifth = sorted(totals, reverse=True)[4]
        for body, total in enumerate(totals):
            hits[body] += total >= fifth

    assert [hit / draws for hit in hits] == pytest.approx(chances, abs=0.005)
