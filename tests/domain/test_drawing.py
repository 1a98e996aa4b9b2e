"""An attempt asks some questions of a bank: fairly spread, and other ones the next time."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.drawing import draw
from domain.quizzes import Quiz
from tests.builders.domain import make_question, make_quiz, make_section


def make_bank(pages: dict[str, int], asks: int) -> Quiz:
    """A bank with so many questions on each page, named a1, a2, b1 …"""
    questions = [
        make_question(f"{page}{number}", cites=[make_section(f"{page}#when")])
        for page, size in pages.items()
        for number in range(1, size + 1)
    ]
    return replace(make_quiz(questions=questions), draw=asks)


def ids(quiz: Quiz) -> list[str]:
    return [each.id for each in quiz.questions]


def test_a_quiz_that_draws_nothing_asks_all_its_questions() -> None:
    bank = make_bank({"a": 3, "b": 2}, asks=0)

    assert bank.asks == 5
    assert draw(bank, "seed", {}) == bank


def test_the_same_attempt_asks_the_same_questions_and_another_asks_others() -> None:
    bank = make_bank({"a": 10}, asks=5)

    assert draw(bank, "one", {}) == draw(bank, "one", {})
    assert len({tuple(ids(draw(bank, f"attempt {n}", {}))) for n in range(20)}) > 10


def test_the_questions_are_spread_over_the_pages_that_they_test() -> None:
    drawn = draw(make_bank({"a": 30, "b": 5, "c": 4}, asks=12), "seed", {})

    assert Counter(each[0] for each in ids(drawn)) == {"a": 4, "b": 4, "c": 4}


def test_a_page_with_few_questions_leaves_its_places_to_the_others() -> None:
    drawn = draw(make_bank({"a": 30, "b": 1}, asks=6), "seed", {})

    assert Counter(each[0] for each in ids(drawn)) == {"a": 5, "b": 1}


def test_the_questions_stand_in_the_order_of_their_author() -> None:
    bank = make_bank({"a": 10, "b": 10}, asks=12)

    drawn = ids(draw(bank, "seed", {}))

    assert drawn == [each for each in ids(bank) if each in drawn]


def test_the_pass_mark_and_the_version_are_those_of_the_quiz() -> None:
    bank = make_bank({"a": 10}, asks=4)
    drawn = draw(bank, "seed", {})

    assert (drawn.pass_mark, drawn.version) == (bank.pass_mark, bank.version)


@pytest.mark.parametrize(("size", "asks", "repeated"), [(24, 12, 0), (20, 12, 4), (12, 12, 12)])
def test_a_second_attempt_repeats_only_what_the_bank_has_no_other_for(
    size: int, asks: int, repeated: int
) -> None:
    bank = make_bank({"a": size - 3, "b": 3}, asks=asks)
    first = ids(draw(bank, "one", {}))

    second = ids(draw(bank, "two", Counter(first)))

    assert len(set(first) & set(second)) == repeated


@given(
    sizes=st.lists(st.integers(1, 8), min_size=1, max_size=5),
    asks=st.integers(0, 60),
    seed=st.text(),
)
def test_an_attempt_asks_the_number_that_it_is_to_ask_and_each_question_once(
    sizes: list[int], asks: int, seed: str
) -> None:
    bank = make_bank({"abcde"[place]: size for place, size in enumerate(sizes)}, asks)

    drawn = ids(draw(bank, seed, {}))

    assert len(drawn) == len(set(drawn)) == bank.asks == min(asks or sum(sizes), sum(sizes))
