"""Who did what, and the chain that shows whether a row of evidence was altered."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.account import Person
from portal.models.base import Base, Evidence


class AuditEvent(Evidence, Base):
    """Something that was done or refused. Never holds what somebody typed."""

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    happened_at: Mapped[datetime] = mapped_column(index=True)
    # Empty where nobody was signed in.
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(default="")
    detail: Mapped[str] = mapped_column(Text, default="")
    request_id: Mapped[str] = mapped_column(String(32), default="")
    actor: Mapped[Person | None] = relationship()


class GuardReason(Evidence, Base):
    """Why a text was kept although the guard warned of it, in its author's words.

    A row of its own beside the event that it belongs to, which holds no typed text.
    """

    __tablename__ = "guard_reason"
    __table_args__ = (CheckConstraint("length(reason) >= 10", name="says_something"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("audit_event.id"), unique=True)
    reason: Mapped[str] = mapped_column(Text)
    event: Mapped[AuditEvent] = relationship()


class ChainEntry(Base):
    """One row of evidence in the chain: where it is, and the hash of all its columns."""

    __tablename__ = "chain_entry"
    __table_args__ = (UniqueConstraint("table_name", "row_id"),)

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    table_name: Mapped[str] = mapped_column(String(60))
    row_id: Mapped[int]
    row_hash: Mapped[str] = mapped_column(String(64))
    entry_hash: Mapped[str] = mapped_column(String(64))


class ChainHead(Base):
    """The one row that says where the chain ends; its lock keeps writers in line."""

    __tablename__ = "chain_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    entry_hash: Mapped[str] = mapped_column(String(64))
