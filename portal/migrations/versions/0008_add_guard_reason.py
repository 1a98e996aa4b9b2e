"""Why a text was kept although the guard warned of it."""

import sqlalchemy as sa
from alembic import op

from portal.migrations.append_only import make_append_only

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guard_reason",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("length(reason) >= 10", name=op.f("ck_guard_reason_says_something")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["audit_event.id"], name=op.f("fk_guard_reason_event_id_audit_event")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guard_reason")),
        sa.UniqueConstraint("event_id", name=op.f("uq_guard_reason_event_id")),
    )
    make_append_only("guard_reason")


def downgrade() -> None:
    op.drop_table("guard_reason")
