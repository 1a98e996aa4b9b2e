"""What people do with quizzes: start one, and hand in the answers once."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import TypeAlias

from sqlalchemy.orm import Session

from domain.library import Library
from domain.marking import Answers, Result, mark
from domain.programmes import Requirement
from domain.quizzes import Quiz
from domain.standing import EventKind
from portal.audit import record
from portal.models import AttemptAnswer, AttemptResult, Enrolment, Person, QuizAttempt
from portal.models.base import new_public_id
from portal.quizzes.asked import Asked, asked_in, write_asked
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
    """Start an attempt, which fixes what it asks. `earlier` attempts were handed in before."""
    now = library.section_versions()
    asked = Asked(quiz, tuple((section, now[section]) for section in quiz.sections))
    attempt = QuizAttempt(
        public_id=new_public_id(),
        learner_id=learner.id,
        quiz=quiz.slug,
        number=earlier + 1,
        quiz_version=quiz.version,
        asked=write_asked(asked),
        started_at=at,
    )
    session.add(attempt)
    record(
        session, "quiz.started", actor=learner, subject=f"quiz_attempt:{attempt.public_id}", at=at
    )
    for enrolment, requirement in counts_towards:
        record_event(
            session, library, enrolment, requirement, EventKind.STARTED, actor=learner, at=at
        )
    return attempt


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
    _add_result(session, attempt, asked.quiz, marked, at)
    # The result needs its place in the database before completions can point at the attempt.
    session.flush()
    kind = EventKind.PASSED if marked.passed else EventKind.FAILED
    for enrolment, requirement in counts_towards:
        record_event(
            session,
            library,
            enrolment,
            requirement,
            kind,
            actor=attempt.learner,
            at=at,
            attempt=attempt,
            versions=asked.versions,
        )
    return _result_of(attempt)


def _result_of(attempt: QuizAttempt) -> AttemptResult:
    if attempt.result is None:
        raise ValueError("the attempt has no result yet")
    return attempt.result


def _add_result(
    session: Session, attempt: QuizAttempt, quiz: Quiz, marked: Result, at: datetime
) -> None:
    attempt.result = AttemptResult(
        receipt=new_receipt(),
        submitted_at=at,
        right=marked.right,
        asked=marked.asked,
        score=marked.score,
        pass_mark=quiz.pass_mark,
        passed=marked.passed,
    )
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
    record(
        session,
        "quiz.submitted",
        actor=attempt.learner,
        subject=f"quiz_attempt:{attempt.public_id}",
        detail=f"receipt {attempt.result.receipt}",
        at=at,
    )


def new_receipt() -> str:
    """A number to quote: ten letters and digits in two groups, one of 590 million million."""
    drawn = "".join(secrets.choice(_RECEIPT_LETTERS) for _ in range(10))
    return f"{drawn[:5]}-{drawn[5:]}"
