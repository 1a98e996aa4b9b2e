"""What went live when, and what a named person decided each change means."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.standing import Meaning
from portal.models.account import Person
from portal.models.base import Base, Evidence, new_public_id, one_of


class Publication(Evidence, Base):
    """One publishing of the guidance. `library_version` is of the whole library."""

    __tablename__ = "publication"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), default=new_public_id, unique=True)
    library_version: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]
    # Empty for the first publication, which the portal records at its first start.
    publisher_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    summary: Mapped[str] = mapped_column(Text, default="")
    sections: Mapped[list["PublishedSection"]] = relationship(order_by="PublishedSection.section")
    publisher: Mapped[Person | None] = relationship()


class PublishedSection(Evidence, Base):
    """A section that changed in a publication: its words, and what was decided of them."""

    __tablename__ = "published_section"
    __table_args__ = (
        CheckConstraint(one_of("meaning", Meaning), name="meaning_known"),
        UniqueConstraint("publication_id", "section"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"), index=True)
    section: Mapped[str] = mapped_column(index=True)
    version: Mapped[str] = mapped_column(String(64))
    title: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    meaning: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
