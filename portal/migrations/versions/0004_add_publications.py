"""What went live, and what each change meant."""

import sqlalchemy as sa
from alembic import op

from portal.migrations.append_only import make_append_only

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _add_publication()
    _add_published_section()
    make_append_only("publication")
    make_append_only("published_section")


def _add_publication() -> None:
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("library_version", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publisher_id"], ["person.id"], name=op.f("fk_publication_publisher_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("public_id", name=op.f("uq_publication_public_id")),
    )


def _add_published_section() -> None:
    op.create_table(
        "published_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=200), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("meaning", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "meaning IN ('first', 'no-change', 'minor', 'material', 'withdrawn')",
            name=op.f("ck_published_section_meaning_known"),
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_published_section_publication_id_publication"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_section")),
        sa.UniqueConstraint(
            "publication_id", "section", name=op.f("uq_published_section_publication_id_section")
        ),
    )
    op.create_index(
        op.f("ix_published_section_publication_id"), "published_section", ["publication_id"]
    )
    op.create_index(op.f("ix_published_section_section"), "published_section", ["section"])
