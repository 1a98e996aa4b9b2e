"""What people do with quizzes: start one, and hand in the answers once."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import TypeAlias

from sqlalchemy.orm import Session

from domain.drawing import draw
from domain.library import Library
from domain.marking import Answers, Result, mark
from domain.programmes import Requirement
from domain.quizzes import Quiz
from domain.standing import EventKind
from portal.audit import record
from portal.models import AttemptAnswer, AttemptResult, Enrolment, Person, QuizAttempt
from portal.models.base import new_public_id
from portal.quizzes.asked import Asked, asked_in, write_asked
from portal.quizzes.queries import times_asked
from portal.records import record_event

Counted: TypeAlias = tuple[Enrolment, Requirement]

# Without letters and digits that are taken for one another when read out.
_RECEIPT_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def start_attempt(
    session: Session,
    library: Library,
    quiz: Quiz,
    learner: Person,
    earlier: int,
    counts_towards: Iterable[Counted],
    at: datetime,
) -> QuizAttempt:
    """Start an attempt, which fixes what it asks. `earlier` attempts were handed in before.

    A pass rests on every section of the bank, drawn or not: the learner was to
    know them all, and could not tell which would be asked.
    """
    public_id = new_public_id()
    attempt = QuizAttempt(
        public_id=public_id,
        learner_id=learner.id,
        quiz=quiz.slug,
        number=earlier + 1,
        quiz_version=quiz.version,
        asked=write_asked(_drawn(session, library, quiz, learner, public_id)),
        started_at=at,
    )
    session.add(attempt)
    subject = f"quiz_attempt:{attempt.public_id}"
    record(session, "quiz.started", actor=learner, subject=subject, at=at)
    for counted in counts_towards:
        record_event(session, library, *counted, EventKind.STARTED, actor=learner, at=at)
    return attempt


def _drawn(session: Session, library: Library, quiz: Quiz, learner: Person, seed: str) -> Asked:
    now = library.section_versions()
    drawn = draw(quiz, seed, times_asked(session, quiz.slug, learner=learner))
    return Asked(drawn, tuple((section, now[section]) for section in quiz.sections))


def submit_attempt(
    session: Session,
    library: Library,
    attempt: QuizAttempt,
    answers: Answers,
    counts_towards: Iterable[Counted],
    at: datetime,
) -> AttemptResult:
    """Mark the answers and record them, with a completion wherever the quiz counts.

    An attempt that was handed in keeps the result that it has. Marks are
    against what was asked, and a pass rests on the sections as they were at
    the start, since nobody was asked about words that came later.
    """
    if attempt.result is not None:
        return attempt.result
    asked = asked_in(attempt)
    marked = mark(asked.quiz, answers)
    result = _add_result(session, attempt, asked.quiz, marked, at)
    # The attempt needs its result in the database before completions can point at it.
    session.flush()
    kind = EventKind.PASSED if marked.passed else EventKind.FAILED
    who, on = attempt.learner, asked.versions
    for counted in counts_towards:
        record_event(
            session, library, *counted, kind, actor=who, at=at, attempt=attempt, versions=on
        )
    return result


def _add_result(
    session: Session, attempt: QuizAttempt, quiz: Quiz, marked: Result, at: datetime
) -> AttemptResult:
    result = AttemptResult(
        receipt=new_receipt(),
        submitted_at=at,
        right=marked.right,
        asked=marked.asked,
        score=marked.score,
        pass_mark=quiz.pass_mark,
        passed=marked.passed,
    )
    attempt.result = result
    attempt.answers = [
        AttemptAnswer(
            position=position,
            question=each.question_id,
            question_version=quiz.question(each.question_id).version,
            chosen=" ".join(sorted(each.chosen)),
            right=each.right,
        )
        for position, each in enumerate(marked.marks, start=1)
    ]
    subject, detail = f"quiz_attempt:{attempt.public_id}", f"receipt {result.receipt}"
    record(session, "quiz.submitted", actor=attempt.learner, subject=subject, detail=detail, at=at)
    return result


def new_receipt() -> str:
    """A number to quote: ten letters and digits in two groups, one of 590 million million."""
    drawn = "".join(secrets.choice(_RECEIPT_LETTERS) for _ in range(10))
    return f"{drawn[:5]}-{drawn[5:]}"
