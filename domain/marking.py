"""Marking: what somebody chose, against what is right."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.quizzes import Question, Quiz

# The ids of the chosen options, by the id of the question.
Answers = Mapping[str, frozenset[str]]

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Mark:
    """One question of an attempt: what was chosen, what is right, and whether they agree."""

    question_id: str
    chosen: frozenset[str]
    correct: frozenset[str]
    right: bool


@dataclass(frozen=True)
class Result:
    """One marked attempt. `score` is in per cent, `marks` in the order of the questions."""

    right: int
    asked: int
    score: int
    passed: bool
    marks: tuple[Mark, ...]


def mark(quiz: Quiz, answers: Answers) -> Result:
    """Mark one attempt.

    A question is right only if the chosen options are exactly the correct ones.
    There are no part marks, so ticking every box earns nothing, and neither
    does ticking none. Questions and options that the quiz does not have are
    ignored: a browser can send anything.
    """
    marks = tuple(_mark(question, answers.get(question.id, NOTHING)) for question in quiz.questions)
    right = sum(each.right for each in marks)
    # Rounded down, so that a failed attempt never shows the pass mark as its score.
    score = right * 100 // max(len(marks), 1)
    return Result(right, len(marks), score, score >= quiz.pass_mark, marks)


def _mark(question: Question, answer: frozenset[str]) -> Mark:
    chosen = answer & {option.id for option in question.options}
    right = bool(chosen) and chosen == question.correct
    return Mark(question.id, chosen, question.correct, right)
