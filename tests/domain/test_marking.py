"""Marking."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.marking import Mark, mark
from domain.quizzes import Question, Quiz
from tests.builders.domain import answers, make_question, make_quiz

# Few letters, so that what is posted often names a real question or option.
WORDS = st.one_of(st.sampled_from(["q1", "q2", "q3", "a", "b", "c", "d", "", "A"]), st.text())
POSTED = st.dictionaries(WORDS, st.frozensets(WORDS, max_size=5), max_size=6)


@st.composite
def quizzes(draw: st.DrawFn) -> Quiz:
    count = draw(st.integers(1, 5))
    questions = [
        make_question(
            f"q{number}",
            options=4,
            correct=draw(st.frozensets(st.sampled_from("abcd"), min_size=1)),
        )
        for number in range(1, count + 1)
    ]
    return make_quiz(questions=questions, pass_mark=draw(st.integers(1, 100)))


def test_a_failed_attempt_never_shows_the_pass_mark_as_its_score() -> None:
    quiz = make_quiz(questions=3, pass_mark=67)

    result = mark(quiz, answers(quiz, right=2))

    assert not result.passed
    assert result.score == 66


@pytest.mark.parametrize(
    ("questions", "right", "pass_mark", "score", "passed"),
    [
        (1, 1, 100, 100, True),
        (1, 0, 1, 0, False),
        (3, 3, 100, 100, True),
        (3, 2, 66, 66, True),
        (3, 2, 67, 66, False),
        (3, 0, 1, 0, False),
        (3, 1, 33, 33, True),
        (3, 1, 34, 33, False),
        (12, 10, 83, 83, True),
        (12, 10, 84, 83, False),
        (5, 4, 80, 80, True),
        (200, 199, 100, 99, False),
    ],
)
def test_the_score_is_per_cent_rounded_down_and_passes_from_the_pass_mark(
    questions: int, right: int, pass_mark: int, score: int, passed: bool
) -> None:
    quiz = make_quiz(questions=questions, pass_mark=pass_mark)

    result = mark(quiz, answers(quiz, right=right))

    assert (result.right, result.asked) == (right, questions)
    assert (result.score, result.passed) == (score, passed)


@pytest.mark.parametrize(
    ("chosen", "right"),
    [
        ("ac", True),
        ("a", False),
        ("c", False),
        ("", False),
        ("abc", False),
        ("abcd", False),
        ("bd", False),
        ("b", False),
    ],
)
def test_a_question_is_right_only_if_exactly_the_correct_options_are_chosen(
    chosen: str, right: bool
) -> None:
    quiz = make_quiz(questions=[make_question("q1", options=4, correct="ac")])

    result = mark(quiz, {"q1": frozenset(chosen)})

    assert result.marks[0].right is right
    assert result.right == int(right)


def test_choosing_the_right_option_and_another_of_a_single_choice_is_wrong() -> None:
    quiz = make_quiz(questions=[make_question("q1", correct="b")])

    assert not mark(quiz, {"q1": frozenset("ab")}).marks[0].right


def test_a_mark_tells_what_was_chosen_and_what_is_right() -> None:
    quiz = make_quiz(questions=[make_question("q1", correct="b"), make_question("q2")])

    result = mark(quiz, {"q1": frozenset("c")})

    assert result.marks == (
        Mark("q1", chosen=frozenset("c"), correct=frozenset("b"), right=False),
        Mark("q2", chosen=frozenset(), correct=frozenset("a"), right=False),
    )


def test_marks_stand_in_the_order_of_the_questions() -> None:
    quiz = make_quiz(questions=[make_question(each) for each in ("z", "a", "m")])

    result = mark(quiz, {"m": frozenset("a"), "a": frozenset("a")})

    assert [(each.question_id, each.right) for each in result.marks] == [
        ("z", False),
        ("a", True),
        ("m", True),
    ]


def test_an_option_that_the_question_does_not_have_is_ignored() -> None:
    quiz = make_quiz(questions=[make_question("q1", options=3, correct="a")])

    result = mark(quiz, {"q1": frozenset({"a", "d", "z", ""})})

    assert result.marks[0].right
    assert result.marks[0].chosen == {"a"}


def test_a_question_that_the_quiz_does_not_have_is_ignored() -> None:
    quiz = make_quiz(questions=1)

    result = mark(quiz, {"q1": frozenset("a"), "q99": frozenset("a")})

    assert (result.right, result.asked, len(result.marks)) == (1, 1, 1)


def test_an_option_of_another_question_does_not_count_for_this_one() -> None:
    quiz = make_quiz(questions=[make_question("q1", options=2), make_question("q2", options=4)])

    result = mark(quiz, {"q1": frozenset("ad"), "q2": frozenset("ad")})

    assert [each.right for each in result.marks] == [True, False]


def test_a_question_without_a_right_option_is_not_right_by_saying_nothing() -> None:
    quiz = make_quiz(questions=[make_question("q1", correct="")])

    assert mark(quiz, {}).right == 0
    assert mark(quiz, {"q1": frozenset()}).right == 0


def test_a_quiz_without_questions_is_not_passed() -> None:
    result = mark(make_quiz(questions=0, pass_mark=1), {})

    assert (result.score, result.asked, result.passed) == (0, 0, False)


def _is_right(question: Question, answer: frozenset[str]) -> bool:
    """The reference: option by option, ticked if and only if it is correct."""
    return all((option.id in answer) is option.correct for option in question.options)


@given(quizzes(), POSTED)
def test_whatever_is_posted_the_marks_are_those_of_its_valid_part(
    quiz: Quiz, posted: dict[str, frozenset[str]]
) -> None:
    valid = {
        question.id: posted[question.id] & {option.id for option in question.options}
        for question in quiz.questions
        if question.id in posted
    }

    result = mark(quiz, posted)

    assert result == mark(quiz, valid)
    assert [each.right for each in result.marks] == [
        _is_right(question, posted.get(question.id, frozenset())) for question in quiz.questions
    ]
    assert result.right == sum(each.right for each in result.marks)
    assert result.score <= 100 * result.right / result.asked < result.score + 1
    assert result.passed is (100 * result.right >= quiz.pass_mark * result.asked)


@given(quizzes(), POSTED)
def test_the_order_of_the_questions_does_not_change_the_score(
    quiz: Quiz, posted: dict[str, frozenset[str]]
) -> None:
    turned = replace(quiz, questions=tuple(reversed(quiz.questions)))

    assert mark(turned, posted).score == mark(quiz, posted).score
    assert set(mark(turned, posted).marks) == set(mark(quiz, posted).marks)
