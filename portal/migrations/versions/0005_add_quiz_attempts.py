"""Attempts at quizzes, their answers and results."""

import sqlalchemy as sa
from alembic import op

from portal.migrations.append_only import make_append_only

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _add_quiz_attempt()
    _add_attempt_result()
    _add_attempt_answer()
    make_append_only("quiz_attempt")
    make_append_only("attempt_result")
    make_append_only("attempt_answer")


def _add_quiz_attempt() -> None:
    op.create_table(
        "quiz_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("quiz", sa.String(length=100), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("quiz_version", sa.String(length=64), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["person.id"], name=op.f("fk_quiz_attempt_learner_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_attempt")),
        sa.UniqueConstraint(
            "learner_id", "quiz", "number", name=op.f("uq_quiz_attempt_learner_id_quiz_number")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_quiz_attempt_public_id")),
    )


def _add_attempt_result() -> None:
    op.create_table(
        "attempt_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(length=20), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("pass_mark", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "pass_mark BETWEEN 1 AND 100", name=op.f("ck_attempt_result_pass_mark_is_per_cent")
        ),
        sa.CheckConstraint(
            "score BETWEEN 0 AND 100", name=op.f("ck_attempt_result_score_is_per_cent")
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["quiz_attempt.id"],
            name=op.f("fk_attempt_result_attempt_id_quiz_attempt"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_result")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_attempt_result_attempt_id")),
        sa.UniqueConstraint("receipt", name=op.f("uq_attempt_result_receipt")),
    )


def _add_attempt_answer() -> None:
    op.create_table(
        "attempt_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=100), nullable=False),
        sa.Column("question_version", sa.String(length=64), nullable=False),
        sa.Column("chosen", sa.String(length=200), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["quiz_attempt.id"],
            name=op.f("fk_attempt_answer_attempt_id_quiz_attempt"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_answer")),
        sa.UniqueConstraint(
            "attempt_id", "question", name=op.f("uq_attempt_answer_attempt_id_question")
        ),
    )
    op.create_index(op.f("ix_attempt_answer_attempt_id"), "attempt_answer", ["attempt_id"])
