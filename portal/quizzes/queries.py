"""Attempts and the requirements that they count towards, always of one learner."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from domain.library import Library
from domain.programmes import Requirement, RequirementKind
from portal.models import AttemptAnswer, AttemptResult, Enrolment, Person, QuizAttempt
from portal.records import running_on


def take_turns(session: Session, learner: Person) -> None:
    """Wait until no other request of this learner is writing.

    Two presses of a button at once are then one after the other, on
    PostgreSQL too; on SQLite there is one writer at a time in any case.
    """
    session.execute(
        select(Person.id).where(Person.id == learner.id).with_for_update(key_share=True)
    )


def find_attempt(session: Session, public_id: str, *, learner: Person) -> QuizAttempt | None:
    """The learner's own attempt; someone else's is not found."""
    return session.scalar(
        select(QuizAttempt)
        .where(QuizAttempt.public_id == public_id, QuizAttempt.learner_id == learner.id)
        .options(joinedload(QuizAttempt.result), joinedload(QuizAttempt.learner))
    )


def find_open_attempt(session: Session, quiz: str, *, learner: Person) -> QuizAttempt | None:
    """The attempt that the learner started and has not handed in; there is one at most."""
    return session.scalar(
        select(QuizAttempt)
        .outerjoin(AttemptResult)
        .where(
            QuizAttempt.quiz == quiz,
            QuizAttempt.learner_id == learner.id,
            AttemptResult.id.is_(None),
        )
    )


def count_submitted(session: Session, quiz: str, *, learner: Person) -> int:
    """How often the learner has handed in this quiz."""
    return session.scalars(
        select(func.count(AttemptResult.id))
        .join(QuizAttempt)
        .where(QuizAttempt.quiz == quiz, QuizAttempt.learner_id == learner.id)
    ).one()


def times_asked(session: Session, quiz: str, *, learner: Person) -> dict[str, int]:
    """How often the learner has answered each question of a quiz, by the question's id."""
    answered = session.execute(
        select(AttemptAnswer.question, func.count(AttemptAnswer.id).label("times"))
        .join(QuizAttempt, QuizAttempt.id == AttemptAnswer.attempt_id)
        .where(QuizAttempt.quiz == quiz, QuizAttempt.learner_id == learner.id)
        .group_by(AttemptAnswer.question)
        .order_by(AttemptAnswer.question)
    )
    return {row.question: row.times for row in answered}


def latest_attempts(
    session: Session, quiz: str, *, learner: Person, most: int = 20
) -> Sequence[QuizAttempt]:
    """The learner's submitted attempts at a quiz with their results, newest first."""
    return session.scalars(
        select(QuizAttempt)
        .join(QuizAttempt.result)
        .where(QuizAttempt.quiz == quiz, QuizAttempt.learner_id == learner.id)
        .options(contains_eager(QuizAttempt.result))
        .order_by(QuizAttempt.number.desc())
        .limit(most)
    ).all()


def requirements_for(
    session: Session, library: Library, quiz: str, *, learner: Person, on: date
) -> list[tuple[Enrolment, Requirement]]:
    """What the learner is enrolled on that a pass at this quiz meets.

    Each requirement once, even where two enrolments on its programme run.
    """
    enrolments = session.scalars(
        select(Enrolment)
        .where(
            Enrolment.person_id == learner.id,
            running_on(on),
        )
        .order_by(Enrolment.starts_on, Enrolment.id)
    )
    by_programme = {each.programme: each for each in enrolments}
    return [
        (enrolment, requirement)
        for slug, enrolment in by_programme.items()
        if slug in library.programmes
        for requirement in library.programmes[slug].requirements
        if requirement.kind is RequirementKind.QUIZ and requirement.subject == quiz
    ]
