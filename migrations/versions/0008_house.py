"""The operators' desk."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")


def upgrade() -> None:
    """Offices have a telephone number, a password may be good once, and the house leaves signs of life."""
    op.add_column("office", sa.Column("phone", sa.String(60), nullable=False, server_default=""))
    once = sa.Column(
        "once", sa.Boolean(), nullable=False, server_default=sa.false(), comment="the password must be changed"
    )
    op.add_column("officer", once)
    op.create_table(
        "sign_of_life",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sign_of_life")),
    )
