"""The difference between two texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.impact import Fate, difference


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("one two", "one two", [(Fate.SAME, "one two")]),
        ("", "new words", [(Fate.ADDED, "new words")]),
        ("old words", "", [(Fate.REMOVED, "old words")]),
        (
            "up to 14 days",
            "up to 21 days",
            [
                (Fate.SAME, "up to"),
                (Fate.REMOVED, "14"),
                (Fate.ADDED, "21"),
                (Fate.SAME, "days"),
            ],
        ),
        ("a b c", "a c", [(Fate.SAME, "a"), (Fate.REMOVED, "b"), (Fate.SAME, "c")]),
        ("a c", "a b c", [(Fate.SAME, "a"), (Fate.ADDED, "b"), (Fate.SAME, "c")]),
    ],
)
def test_a_difference_is_told_word_by_word(
    before: str, after: str, expected: list[tuple[Fate, str]]
) -> None:
    assert list(difference(before.split(), after.split())) == expected


WORDS = st.lists(st.sampled_from(["the", "leave", "of", "a", "patient", "14"]), max_size=15)


@given(WORDS, WORDS)
def test_both_texts_can_be_read_off_their_difference(before: list[str], after: list[str]) -> None:
    runs = difference(before, after)

    assert " ".join(text for fate, text in runs if fate is not Fate.ADDED) == " ".join(before)
    assert " ".join(text for fate, text in runs if fate is not Fate.REMOVED) == " ".join(after)
    assert all(text for _, text in runs)


def test_a_word_that_is_common_in_a_long_text_is_compared_like_any_other() -> None:
    long = ["the"] * 250

    assert difference([*long, "end"], ["start", *long]) == (
        (Fate.ADDED, "start"),
        (Fate.SAME, " ".join(long)),
        (Fate.REMOVED, "end"),
    )
