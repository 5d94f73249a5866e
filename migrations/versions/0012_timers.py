"""Timers that an office's calendar counts."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")


def upgrade() -> None:
    """A timer may keep from when, how long, by whose calendar and by which edition of it its instant was counted."""
    op.add_column("timer", sa.Column("since_at", MOMENT))
    op.add_column("timer", sa.Column("amount", sa.Float()))
    op.add_column("timer", sa.Column("clock", sa.String(20)))
    op.add_column("timer", sa.Column("office", sa.String(40)))
    op.add_column("timer", sa.Column("service", sa.String(40)))
    op.add_column("timer", sa.Column("edition", sa.Integer()))
    counted = sa.text("edition is not null")
    op.create_index("ix_timer_edition", "timer", ["edition", "id"], sqlite_where=counted, postgresql_where=counted)
