"""Teams, and who belongs to which from when to when."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.account import Person
from portal.models.base import Base, new_public_id, one_of


class TeamRole(StrEnum):
    """What somebody is in a team."""

    MEMBER = "member"
    MANAGER = "manager"


class Team(Base):
    """People who are managed together."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), default=new_public_id, unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    memberships: Mapped[list["TeamMembership"]] = relationship(back_populates="team")


class TeamMembership(Base):
    """One person in one team, from a day up to (and not including) another."""

    __tablename__ = "team_membership"
    __table_args__ = (
        CheckConstraint(one_of("role", TeamRole), name="role_known"),
        CheckConstraint("ends_on IS NULL OR ends_on > starts_on", name="ends_after_it_starts"),
        UniqueConstraint("team_id", "person_id", "role", "starts_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    team: Mapped[Team] = relationship(back_populates="memberships")
    person: Mapped[Person] = relationship()
