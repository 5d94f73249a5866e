"""The operators' desk."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")


def upgrade() -> None:
    """Offices have a telephone number, a password may be good once, and the house leaves signs of life."""
    op.add_column("office", sa.Column("phone", sa.String(60), nullable=False, server_default=""))
    once = sa.Column(
        "once", sa.Boolean(), nullable=False, server_default=sa.false(), comment="the password must be changed"
    )
    op.add_column("officer", once)
    op.create_table(
        "access_chain",
        sa.Column("seq", KEY, autoincrement=False, nullable=False),
        sa.Column("record_id", KEY, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_access_chain")),
        sa.UniqueConstraint("record_id", name=op.f("uq_access_chain_record_id")),
        comment="each access record sealed with a hash over itself and the seal before it",
    )
    guard("access_chain")
    op.create_table(
        "sign_of_life",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sign_of_life")),
    )


def guard(table: str) -> None:
    """Refuse every change to what has been written, as for the access records themselves."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} only grows'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_only_grows()"
    )
