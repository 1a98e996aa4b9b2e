"""Who is to learn what since when, and what they did towards it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.standing import EventKind
from portal.models.account import Person
from portal.models.base import Base, Evidence, new_public_id, one_of


class Enrolment(Base):
    """One person on one programme from a start date; ended by a date, never deleted."""

    __tablename__ = "enrolment"
    __table_args__ = (UniqueConstraint("person_id", "programme", "starts_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), default=new_public_id, unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    programme: Mapped[str] = mapped_column(String(100))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    created_at: Mapped[datetime]
    person: Mapped[Person] = relationship()


class TrainingEvent(Evidence, Base):
    """Something that somebody did about a requirement, or that was decided about it.

    `programme` and `requirement` are authored ids; `requirement_version` is the
    version of the programme at the time. `replaces_id` names the row that this
    one corrects. `attempt_id` is set on quiz events only.
    """

    __tablename__ = "training_event"
    __table_args__ = (
        CheckConstraint(one_of("kind", EventKind), name="kind_known"),
        Index("ix_training_event_person_id_programme", "person_id", "programme", "requirement"),
        UniqueConstraint("attempt_id", "programme", "requirement"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), default=new_public_id, unique=True)
    kind: Mapped[str] = mapped_column(String(30))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    programme: Mapped[str] = mapped_column(String(100))
    programme_version: Mapped[str] = mapped_column(String(64))
    requirement: Mapped[str] = mapped_column(String(100))
    happened_at: Mapped[datetime]
    happened_on: Mapped[date]
    actor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("quiz_attempt.id"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("training_event.id"))
    sections: Mapped[list["TrainingEventSection"]] = relationship(
        order_by="TrainingEventSection.section"
    )
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    actor: Mapped[Person] = relationship(foreign_keys=[actor_id])


class TrainingEventSection(Evidence, Base):
    """A section that the event rests on, in the version that was live at the time."""

    __tablename__ = "training_event_section"
    __table_args__ = (UniqueConstraint("event_id", "section"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("training_event.id"), index=True)
    section: Mapped[str]
    version: Mapped[str] = mapped_column(String(64))
