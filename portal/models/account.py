"""People who sign in, what they may do, and the sessions in which they do it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, new_public_id, one_of


class Role(StrEnum):
    """What somebody may do. A person can hold several."""

    LEARNER = "learner"
    MENTOR = "mentor"
    MANAGER = "manager"
    EDITOR = "editor"
    ENGAGEMENT_OFFICER = "engagement-officer"
    ADMINISTRATOR = "administrator"


class Person(Base):
    """Somebody with an account. Rights are never here: they are rows of `role_grant`."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), default=new_public_id, unique=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str]
    password_hash: Mapped[str] = mapped_column(String(255))
    # True while the password is one that somebody else knows.
    must_change_password: Mapped[bool] = mapped_column(default=False)
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    # The last accepted time step, so that a code works once.
    totp_last_step: Mapped[int | None]
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    role_grants: Mapped[list["RoleGrant"]] = relationship(back_populates="person", lazy="selectin")

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held now."""
        return frozenset(Role(g.role) for g in self.role_grants if g.revoked_at is None)


class RoleGrant(Base):
    """One role given to one person; ended by a date, never deleted."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint(one_of("role", Role), name="role_known"),
        UniqueConstraint("person_id", "role", "granted_at"),
        # Held once at a time, whoever grants it twice.
        Index(
            "uq_role_grant_held",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(30))
    granted_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(back_populates="role_grants")


class LoginSession(Base):
    """A signed-in browser. The cookie holds a random token, the row only its hash."""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), default=new_public_id, unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    # What the browser calls itself, in a few words of ours: "Firefox, Windows".
    browser: Mapped[str] = mapped_column(String(60), default="")
    # False between a right password and a right one-time code.
    complete: Mapped[bool] = mapped_column(default=True)


class LoginFailure(Base):
    """One wrong password or code, counted for every door, per account and per address."""

    __tablename__ = "login_failure"
    __table_args__ = (Index("ix_login_failure_key_failed_at", "key", "failed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(300))
    failed_at: Mapped[datetime]
