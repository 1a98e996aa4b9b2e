"""Enrolments and training events."""

import sqlalchemy as sa
from alembic import op

from portal.migrations.append_only import make_append_only

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _add_enrolment()
    _add_training_event()
    _add_training_event_section()
    make_append_only("training_event")
    make_append_only("training_event_section")


def _add_enrolment() -> None:
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(length=100), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_enrolment_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint(
            "person_id",
            "programme",
            "starts_on",
            name=op.f("uq_enrolment_person_id_programme_starts_on"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_enrolment_public_id")),
    )
    op.create_index(op.f("ix_enrolment_person_id"), "enrolment", ["person_id"])


def _add_training_event() -> None:
    op.create_table(
        "training_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(length=100), nullable=False),
        sa.Column("programme_version", sa.String(length=64), nullable=False),
        sa.Column("requirement", sa.String(length=100), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('started', 'read', 'passed', 'failed', 'asked-for-sign-off', 'signed-off', 'not-yet', 'exempted', 'revoked')",
            name=op.f("ck_training_event_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_training_event_actor_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["quiz_attempt.id"],
            name=op.f("fk_training_event_attempt_id_quiz_attempt"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_training_event_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["training_event.id"],
            name=op.f("fk_training_event_replaces_id_training_event"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_event")),
        sa.UniqueConstraint(
            "attempt_id",
            "programme",
            "requirement",
            name=op.f("uq_training_event_attempt_id_programme_requirement"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_training_event_public_id")),
    )
    op.create_index(op.f("ix_training_event_person_id"), "training_event", ["person_id"])
    op.create_index(
        "ix_training_event_person_id_programme",
        "training_event",
        ["person_id", "programme", "requirement"],
    )


def _add_training_event_section() -> None:
    op.create_table(
        "training_event_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=200), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["training_event.id"],
            name=op.f("fk_training_event_section_event_id_training_event"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_event_section")),
        sa.UniqueConstraint(
            "event_id", "section", name=op.f("uq_training_event_section_event_id_section")
        ),
    )
    op.create_index(
        op.f("ix_training_event_section_event_id"), "training_event_section", ["event_id"]
    )
