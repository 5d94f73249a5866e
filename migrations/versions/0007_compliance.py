"""What overseers ask for: since when somebody has been at a step, and the few acts that only the audit tells."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")
ACTS = sa.text("kind in ('work_item.reassigned', 'incident.resolved')")


def upgrade() -> None:
    """Add the column and the index. Steps that are open already count as taken when they were last changed."""
    op.add_column("work_item", sa.Column("claimed_at", MOMENT, nullable=True))
    op.execute("update work_item set claimed_at = changed_at where state = 'reserved'")
    op.create_index("ix_audit_acts", "audit", ["at"], unique=False, sqlite_where=ACTS, postgresql_where=ACTS)
