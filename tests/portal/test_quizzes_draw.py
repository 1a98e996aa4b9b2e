"""A bank that is larger than the quiz: what one attempt asks, and what the next one does."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import QuizAttempt, TrainingEvent
from portal.quizzes.asked import asked_in, options_shown
from tests.builders.browser import PortalClient
from tests.builders.training import enrol, make_library, make_question, make_quiz, use_library

QUIZ = "/quizzes/leave-basics/"
DRAWN = 4


@pytest.fixture
def learner(app: Flask, database: Session, sign_in: Callable[..., PortalClient]) -> PortalClient:
    """The browser of a learner whose quiz draws four questions of eight."""
    questions = tuple(make_question(number) for number in range(1, 9))
    use_library(app, make_library(quiz=replace(make_quiz(), questions=questions, draw=DRAWN)))
    return sign_in(person=enrol(database).person)


def open_attempt(learner: PortalClient, database: Session) -> QuizAttempt:
    """The attempt that the learner starts now, or goes on with."""
    learner.post(QUIZ)
    database.expire_all()
    newest = select(QuizAttempt).order_by(QuizAttempt.id.desc()).limit(1)
    return database.scalars(newest).one()


def asked(attempt: QuizAttempt) -> list[str]:
    return [question.id for question in asked_in(attempt).quiz.questions]


def hand_in(learner: PortalClient, attempt: QuizAttempt, right: int) -> str:
    """The result page after so many right answers."""
    sent = {}
    for number, question in enumerate(asked_in(attempt).quiz.questions, start=1):
        wanted = "a" if number <= right else "b"
        offered = [option.id for option in options_shown(attempt, question)]
        sent[f"question-{number}"] = [str(offered.index(wanted) + 1)]
    address = f"/quizzes/attempts/{attempt.public_id}"
    assert learner.post(address, data=sent).status_code == 302
    return learner.get(f"{address}/result").text


def test_the_page_before_says_how_many_questions_are_asked(learner: PortalClient) -> None:
    page = learner.get(QUIZ).text

    assert "4, drawn from 8" in page
    assert "Another attempt asks you other questions" in page


def test_an_attempt_keeps_the_questions_that_were_drawn(
    learner: PortalClient, database: Session
) -> None:
    attempt = open_attempt(learner, database)
    kept = [each["id"] for each in json.loads(attempt.asked)["quiz"]["questions"]]

    assert len(kept) == DRAWN
    assert asked(open_attempt(learner, database)) == kept
    page = learner.get(f"/quizzes/attempts/{attempt.public_id}").text
    assert 'name="question-4"' in page
    assert 'name="question-5"' not in page


@pytest.mark.parametrize(("right", "words"), [(3, "You passed with 75"), (2, "did not pass: 50")])
def test_the_pass_mark_applies_to_the_questions_that_were_drawn(
    learner: PortalClient, database: Session, right: int, words: str
) -> None:
    result = hand_in(learner, open_attempt(learner, database), right)

    assert words in result
    assert f"{right} of 4 right" in result


def test_a_second_attempt_asks_what_the_first_did_not(
    learner: PortalClient, database: Session
) -> None:
    first = open_attempt(learner, database)
    hand_in(learner, first, right=0)
    second = open_attempt(learner, database)

    assert second.public_id != first.public_id
    assert set(asked(first)).isdisjoint(asked(second))


def test_a_pass_rests_on_every_section_of_the_bank(
    learner: PortalClient, database: Session
) -> None:
    attempt = open_attempt(learner, database)
    hand_in(learner, attempt, right=DRAWN)

    passed = database.scalars(select(TrainingEvent).where(TrainingEvent.kind == "passed")).one()
    assert {each.section for each in passed.sections} == {s for s, _ in asked_in(attempt).versions}
    assert passed.sections
