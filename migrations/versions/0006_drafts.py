"""The owner's drafts and their way to release."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")


def upgrade() -> None:
    """Make the drafts, and what was done with each."""
    op.create_table(
        "draft",
        sa.Column("id", KEY, nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("base_edition", sa.Integer(), nullable=True),
        sa.Column("base_sha256", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=80), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("submitted_by", sa.String(length=80), nullable=False),
        sa.Column("approved_by", sa.String(length=80), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state in ('draft', 'submitted', 'approved', 'in-force', 'withdrawn')", name=op.f("ck_draft_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    op.create_index(op.f("ix_draft_code"), "draft", ["code"], unique=False)
    op.create_index(op.f("ix_draft_state_effective_on"), "draft", ["state", "effective_on"], unique=False)
    op.create_table(
        "draft_act",
        sa.Column("id", KEY, nullable=False),
        sa.Column("draft_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("officer", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_act_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_act")),
        comment="what was done with a draft: only grows",
    )
    op.create_index(op.f("ix_draft_act_draft_id"), "draft_act", ["draft_id"], unique=False)
