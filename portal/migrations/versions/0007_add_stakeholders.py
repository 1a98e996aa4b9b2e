"""Organisations, representatives and assessments."""

import sqlalchemy as sa
from alembic import op

from portal.migrations.append_only import make_append_only

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    _add_organisation()
    _add_representative()
    _add_stakeholder_assessment()
    make_append_only("stakeholder_assessment")


def _add_organisation() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("group", sa.String(length=100), nullable=False),
        sa.Column("jurisdiction", sa.String(length=100), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("stake", sa.Text(), nullable=False),
        sa.Column("themes", sa.String(length=200), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external", sa.Boolean(), nullable=False),
        sa.Column("dormant", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("stake <> ''", name=op.f("ck_organisation_has_a_stake")),
        sa.CheckConstraint("external", name=op.f("ck_organisation_outside_the_ministry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_organisation_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisation_slug")),
    )
    op.create_index(op.f("ix_organisation_group"), "organisation", ["group"])


def _add_representative() -> None:
    op.create_table(
        "representative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_representative_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representative")),
    )
    op.create_index(
        op.f("ix_representative_organisation_id"), "representative", ["organisation_id"]
    )


def _add_stakeholder_assessment() -> None:
    op.create_table(
        "stakeholder_assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("assessor_id", sa.Integer(), nullable=False),
        sa.Column("scheme_version", sa.String(length=64), nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("support", sa.Integer(), nullable=True),
        sa.Column("interest", sa.Integer(), nullable=True),
        sa.Column("influence", sa.Integer(), nullable=True),
        sa.Column("impact", sa.Integer(), nullable=True),
        sa.Column("importance", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.CheckConstraint(
            "impact IS NULL OR impact BETWEEN 1 AND 5",
            name=op.f("ck_stakeholder_assessment_impact_level"),
        ),
        sa.CheckConstraint(
            "importance IS NULL OR importance BETWEEN 1 AND 5",
            name=op.f("ck_stakeholder_assessment_importance_level"),
        ),
        sa.CheckConstraint(
            "influence IS NULL OR influence BETWEEN 1 AND 5",
            name=op.f("ck_stakeholder_assessment_influence_level"),
        ),
        sa.CheckConstraint(
            "interest IS NULL OR interest BETWEEN 1 AND 5",
            name=op.f("ck_stakeholder_assessment_interest_level"),
        ),
        sa.CheckConstraint(
            "length(evidence) >= 1", name=op.f("ck_stakeholder_assessment_evidence_given")
        ),
        sa.CheckConstraint(
            "length(reason) BETWEEN 1 AND 400", name=op.f("ck_stakeholder_assessment_reason_given")
        ),
        sa.CheckConstraint(
            "support IS NULL OR support BETWEEN 1 AND 5",
            name=op.f("ck_stakeholder_assessment_support_level"),
        ),
        sa.ForeignKeyConstraint(
            ["assessor_id"],
            ["person.id"],
            name=op.f("fk_stakeholder_assessment_assessor_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_stakeholder_assessment_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stakeholder_assessment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_stakeholder_assessment_public_id")),
    )
    op.create_index(
        "ix_stakeholder_assessment_organisation_id_assessed_on",
        "stakeholder_assessment",
        ["organisation_id", "assessed_on"],
    )
