"""People who arrive together."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")


def upgrade() -> None:
    """Make room for events and for whose case came with which of them."""
    op.create_table(
        "event",
        sa.Column("id", KEY, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("office", sa.String(40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("procedure", sa.String(80), nullable=False),
        sa.Column("message", sa.String(200), nullable=False),
        sa.Column("found_at", MOMENT, nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("source", sa.String(60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("opened_by", KEY, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["office"], ["office.code"], name=op.f("fk_event_office")),
        sa.ForeignKeyConstraint(["opened_by"], ["officer.id"], name=op.f("fk_event_opened_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("number", name=op.f("uq_event_number")),
        comment="note is encrypted like a person's field",
    )
    op.create_index(op.f("ix_event_office_id"), "event", ["office", "id"])
    op.create_table(
        "event_person",
        sa.Column("event_id", KEY, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("row_hash", sa.String(64), nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("alike", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_person_event_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_event_person_case_id")),
        sa.PrimaryKeyConstraint("event_id", "place", name=op.f("pk_event_person")),
        sa.UniqueConstraint("event_id", "row_hash", name=op.f("uq_event_person_event_id_row_hash")),
        comment="row_hash is a keyed hash of the row as it was sent; alike names cases that may be of the same person",
    )
    op.create_index(op.f("ix_event_person_case_id"), "event_person", ["case_id"])
    op.add_column("case", sa.Column("event_id", KEY, nullable=True))
    op.create_index(op.f("ix_case_event_id"), "case", ["event_id"])
