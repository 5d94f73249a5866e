"""What people who are not signed in tell the owners of SOPs."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "feedback",
        sa.Column("case_id", KEY, autoincrement=False, nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("pin_hash", sa.String(64), nullable=False),
        sa.Column("procedure", sa.String(80), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_feedback_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_feedback_code_hash")),
        comment="Its words and its giver's contact are encrypted papers of the case.",
    )
    op.create_index("ix_feedback_procedure_given_at", "feedback", ["procedure", "given_at"])
