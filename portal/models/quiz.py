"""Attempts at quizzes: started once, submitted once, kept for good."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.account import Person
from portal.models.base import Base, Evidence, new_public_id


class QuizAttempt(Evidence, Base):
    """One go at a quiz, made by the server when somebody starts.

    It is open until it has an `attempt_result`. `public_id` is the id that the
    form carries, so that sending it twice is one submission.
    """

    __tablename__ = "quiz_attempt"
    # The next number is one more than the attempts submitted, so one at most is open.
    __table_args__ = (UniqueConstraint("learner_id", "quiz", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), default=new_public_id, unique=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    quiz: Mapped[str] = mapped_column(String(100))
    number: Mapped[int]
    quiz_version: Mapped[str] = mapped_column(String(64))
    # What was asked, as authored at the start: JSON, so that the marks can be shown for good.
    asked: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime]
    learner: Mapped[Person] = relationship()
    result: Mapped["AttemptResult | None"] = relationship(back_populates="attempt")
    answers: Mapped[list["AttemptAnswer"]] = relationship(order_by="AttemptAnswer.position")


class AttemptResult(Evidence, Base):
    """The one submission of an attempt. `receipt` is what the learner can quote."""

    __tablename__ = "attempt_result"
    __table_args__ = (
        CheckConstraint("score BETWEEN 0 AND 100", name="score_is_per_cent"),
        CheckConstraint("pass_mark BETWEEN 1 AND 100", name="pass_mark_is_per_cent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("quiz_attempt.id"), unique=True)
    receipt: Mapped[str] = mapped_column(String(20), unique=True)
    submitted_at: Mapped[datetime]
    right: Mapped[int]
    asked: Mapped[int]
    score: Mapped[int]
    pass_mark: Mapped[int]
    passed: Mapped[bool]
    attempt: Mapped[QuizAttempt] = relationship(back_populates="result")


class AttemptAnswer(Evidence, Base):
    """What was chosen for one question; `chosen` is the sorted option ids, with spaces."""

    __tablename__ = "attempt_answer"
    __table_args__ = (UniqueConstraint("attempt_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("quiz_attempt.id"), index=True)
    position: Mapped[int]
    question: Mapped[str] = mapped_column(String(100))
    question_version: Mapped[str] = mapped_column(String(64))
    chosen: Mapped[str]
    right: Mapped[bool]
