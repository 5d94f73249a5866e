"""Papers of a case, and the slip in the worker's hand."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")


def upgrade() -> None:
    """Make the tables of papers and of slips."""
    make_papers()
    make_slips()


def make_papers() -> None:
    """A row that says what a paper is, and its content in encrypted parts."""
    op.create_table(
        "paper",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=True),
        sa.Column("kind", sa.String(length=63), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="encrypted: a file is often named after a person"),
        sa.Column("type", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("added_by", KEY, nullable=True, comment="empty where the person brought it, by the slip"),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_by", KEY, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_paper_case_id")),
        sa.ForeignKeyConstraint(["item_id"], ["work_item.id"], name=op.f("fk_paper_item_id")),
        sa.ForeignKeyConstraint(["added_by"], ["officer.id"], name=op.f("fk_paper_added_by")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["officer.id"], name=op.f("fk_paper_withdrawn_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
    )
    op.create_index(op.f("ix_paper_case_id"), "paper", ["case_id"], unique=False)
    op.create_table(
        "paper_content",
        sa.Column("paper_id", KEY, nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_content_paper_id")),
        sa.PrimaryKeyConstraint("paper_id", "part", name=op.f("pk_paper_content")),
        comment="a part of at most 1 MiB, encrypted; authenticated with table, row and part",
    )


def make_slips() -> None:
    """Slips by their hashes, and who tried which."""
    op.create_table(
        "slip",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("pin_hash", sa.String(length=64), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("issued_by", KEY, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("revoked_by", KEY, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_slip_case_id")),
        sa.ForeignKeyConstraint(["issued_by"], ["officer.id"], name=op.f("fk_slip_issued_by")),
        sa.ForeignKeyConstraint(["revoked_by"], ["officer.id"], name=op.f("fk_slip_revoked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_slip_code_hash")),
    )
    good = sa.text("revoked_at is null")
    op.create_index("uq_slip_case_good", "slip", ["case_id"], unique=True, sqlite_where=good, postgresql_where=good)
    op.create_table(
        "slip_attempt",
        sa.Column("id", KEY, nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip_attempt")),
    )
    op.create_index(op.f("ix_slip_attempt_code_hash_at"), "slip_attempt", ["code_hash", "at"], unique=False)
    op.create_index(op.f("ix_slip_attempt_address_at"), "slip_attempt", ["address", "at"], unique=False)
