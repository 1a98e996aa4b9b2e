"""Organisations outside the Ministry, who speaks for them, and how they were assessed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.account import Person
from portal.models.base import Base, Evidence, new_public_id


def _level(column: str) -> CheckConstraint:
    # NULL is "not known"; it is never stored as 3.
    return CheckConstraint(f"{column} IS NULL OR {column} BETWEEN 1 AND 5", name=f"{column}_level")


class Organisation(Base):
    """A stakeholder: an organisation outside the Ministry with a stated stake."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("external", name="outside_the_ministry"),
        CheckConstraint("stake <> ''", name="has_a_stake"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), default=new_public_id, unique=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    group: Mapped[str] = mapped_column(String(100), index=True)
    jurisdiction: Mapped[str] = mapped_column(String(100))
    website: Mapped[str] = mapped_column(String(300))
    stake: Mapped[str] = mapped_column(Text)
    # Slugs of the five issues, with spaces.
    themes: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(Text, default="")
    external: Mapped[bool] = mapped_column(default=True)
    dormant: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    assessments: Mapped[list["StakeholderAssessment"]] = relationship(
        back_populates="organisation", order_by="StakeholderAssessment.id"
    )
    representatives: Mapped[list["Representative"]] = relationship(back_populates="organisation")


class Representative(Base):
    """Somebody who speaks for an organisation; cannot exist without one."""

    __tablename__ = "representative"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    organisation: Mapped[Organisation] = relationship(back_populates="representatives")


class StakeholderAssessment(Evidence, Base):
    """One dated scoring of an organisation by one officer. A rescore is a new row."""

    __tablename__ = "stakeholder_assessment"
    __table_args__ = (
        *(_level(c) for c in ("support", "interest", "influence", "impact", "importance")),
        CheckConstraint("length(reason) BETWEEN 1 AND 400", name="reason_given"),
        CheckConstraint("length(evidence) >= 1", name="evidence_given"),
        Index(
            "ix_stakeholder_assessment_organisation_id_assessed_on",
            "organisation_id",
            "assessed_on",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), default=new_public_id, unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    assessor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    scheme_version: Mapped[str] = mapped_column(String(64))
    assessed_at: Mapped[datetime]
    assessed_on: Mapped[date]
    support: Mapped[int | None]
    interest: Mapped[int | None]
    influence: Mapped[int | None]
    impact: Mapped[int | None]
    importance: Mapped[int | None]
    evidence: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(400))
    organisation: Mapped[Organisation] = relationship(back_populates="assessments")
    assessor: Mapped[Person] = relationship()
