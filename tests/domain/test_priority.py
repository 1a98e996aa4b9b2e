"""Priority: tier, quadrant and the next review."""

from datetime import date
from itertools import product

import pytest

from domain.priority import (
    SIZING,
    Placement,
    Quadrant,
    Scores,
    known_floor,
    next_review_on,
    place,
    quadrant_of,
)
from domain.stakeholders import Attribute
from tests.builders.vectors import Vector, vectors

LEVELS = range(1, 6)
ALL = [Scores(*values) for values in product(LEVELS, repeat=4)]


def placed(*values: int) -> Placement:
    """The placement of influence, interest, impact and importance, which are all known."""
    placement = place(Scores(*values))
    assert placement is not None
    return placement


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector.name)
def test_the_worked_example_is_placed_as_specified(vector: Vector) -> None:
    placement = place(vector.scores)

    assert placement is not None
    assert placement.total == vector.total
    assert placement.tier == vector.tier
    assert placement.quadrant == vector.quadrant
    assert placement.floor_applied is (vector.name == "M")


def test_the_sentence_is_told_in_the_order_of_the_specification() -> None:
    placement = placed(3, 5, 5, 4)

    assert placement.parts == (
        (Attribute.INFLUENCE, 3),
        (Attribute.INTEREST, 5),
        (Attribute.IMPACT, 5),
        (Attribute.IMPORTANCE, 4),
    )
    assert (placement.total, placement.tier) == (17, 1)


@pytest.mark.parametrize(
    ("values", "total", "tier"),
    [
        ((4, 4, 4, 4), 16, 1),
        ((4, 4, 4, 3), 15, 2),
        ((3, 3, 3, 2), 11, 2),
        ((3, 3, 2, 2), 10, 3),
        ((1, 1, 1, 1), 4, 3),
        ((5, 5, 5, 5), 20, 1),
    ],
)
def test_the_tiers_begin_at_sixteen_and_eleven(
    values: tuple[int, ...], total: int, tier: int
) -> None:
    placement = placed(*values)

    assert (placement.total, placement.tier, placement.floor_applied) == (total, tier, False)


@pytest.mark.parametrize(
    ("values", "tier", "floor_applied"),
    [
        ((1, 1, 5, 1), 2, True),
        ((1, 1, 1, 5), 2, True),
        ((1, 1, 5, 3), 2, True),
        ((1, 1, 5, 4), 2, False),
        ((5, 1, 1, 1), 3, False),
        ((1, 5, 1, 1), 3, False),
        ((1, 1, 4, 4), 3, False),
        ((3, 3, 5, 5), 1, False),
    ],
)
def test_impact_or_importance_5_is_never_below_tier_2(
    values: tuple[int, ...], tier: int, floor_applied: bool
) -> None:
    placement = placed(*values)

    assert (placement.tier, placement.floor_applied) == (tier, floor_applied)


def test_nobody_of_little_influence_on_whom_everything_falls_is_left_in_the_bottom_tier() -> None:
    dropped = [
        scores
        for scores in ALL
        if scores.impact == 5
        and scores.influence in (1, 2)
        and (placement := place(scores))
        and placement.tier == 3
    ]

    assert dropped == []


def test_a_higher_value_never_gives_a_lower_tier() -> None:
    for values in product(LEVELS, repeat=4):
        for position in range(4):
            if values[position] < 5:
                higher = [v + (at == position) for at, v in enumerate(values)]
                assert placed(*higher).tier <= placed(*values).tier


@pytest.mark.parametrize(
    ("influence", "interest", "quadrant"),
    [
        (4, 4, Quadrant.WORK_WITH_CLOSELY),
        (5, 5, Quadrant.WORK_WITH_CLOSELY),
        (4, 3, Quadrant.KEEP_SATISFIED),
        (5, 1, Quadrant.KEEP_SATISFIED),
        (3, 4, Quadrant.KEEP_INFORMED),
        (1, 5, Quadrant.KEEP_INFORMED),
        (3, 3, Quadrant.WEBSITE_NOTICES),
        (1, 1, Quadrant.WEBSITE_NOTICES),
    ],
)
def test_high_is_4_or_5_and_3_is_low(influence: int, interest: int, quadrant: Quadrant) -> None:
    assert quadrant_of(influence, interest) is quadrant
    assert placed(influence, interest, 3, 3).quadrant is quadrant


@pytest.mark.parametrize(
    ("values", "noted"),
    [
        ((3, 3, 5, 1), True),
        ((1, 1, 5, 5), True),
        ((3, 3, 4, 5), False),
        ((4, 3, 5, 1), False),
        ((3, 4, 5, 1), False),
    ],
)
def test_website_notices_with_impact_5_is_noted_as_affected_but_not_heard(
    values: tuple[int, ...], noted: bool
) -> None:
    placement = placed(*values)

    assert placement.affected_but_not_heard is noted
    assert not noted or placement.tier <= 2


@pytest.mark.parametrize("attribute", SIZING)
def test_one_value_that_is_not_known_leaves_an_organisation_unplaced(attribute: Attribute) -> None:
    scores = Scores(**{each.value: None if each is attribute else 4 for each in SIZING})

    assert place(scores) is None
    assert scores.unknown == (attribute,)


def test_what_is_not_known_is_told_in_the_order_of_the_scales() -> None:
    assert Scores(None, 1, None, None).unknown == (
        Attribute.INFLUENCE,
        Attribute.IMPACT,
        Attribute.IMPORTANCE,
    )
    assert Scores(1, 2, 3, 4).unknown == ()


@pytest.mark.parametrize(
    ("scores", "floor"),
    [
        (Scores(None, None, 5, None), 2),
        (Scores(None, None, None, 5), 2),
        (Scores(5, 5, None, 5), 2),
        (Scores(1, 1, 5, 1), 2),
        (Scores(5, 5, 4, None), None),
        (Scores(None, None, None, None), None),
        (Scores(5, 5, 4, 4), None),
    ],
)
def test_the_floor_is_known_without_a_placement(scores: Scores, floor: int | None) -> None:
    assert known_floor(scores) == floor


@pytest.mark.parametrize("value", [0, 6, -1, 35])
@pytest.mark.parametrize("attribute", SIZING)
def test_a_value_off_the_scale_is_refused(attribute: Attribute, value: int) -> None:
    values = {each.value: value if each is attribute else 3 for each in SIZING}

    with pytest.raises(ValueError, match=f"from 1 to 5 or not known, not {value}$"):
        Scores(**values)


@pytest.mark.parametrize(
    ("tier", "assessed_on", "review_on"),
    [
        (1, "2026-11-21", "2027-05-21"),
        (2, "2026-11-21", "2027-11-21"),
        (3, "2026-11-21", "2028-11-21"),
        (1, "2026-08-31", "2027-02-28"),
        (2, "2028-02-29", "2029-02-28"),
        (None, "2026-11-21", "2027-02-19"),
    ],
)
def test_the_next_review_is_6_12_or_24_months_on_or_90_days_where_there_is_no_tier(
    tier: int | None, assessed_on: str, review_on: str
) -> None:
    assert next_review_on(tier, date.fromisoformat(assessed_on)) == date.fromisoformat(review_on)
