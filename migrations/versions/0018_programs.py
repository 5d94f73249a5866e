"""Tokens with a purpose, scopes and a rate; webhooks whose secret changes; notices that are about no case."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")
EVERY_SCOPE = (
    '["cases:read","cases:write","clocks:read","clocks:write","dispositions:write","groups:read","groups:write",'
    '"messages:write","releases:read","releases:write","work:read","work:write"]'
)
"""What a token could do before there were scopes."""
RATE = "requests a minute; null: what the house grants to every program"
TAKEN = "requests that processes have taken of this minute's quota"


def upgrade() -> None:
    """Let the tokens there are keep all that they may do, and count what each uses."""
    _tokens()
    _webhooks()
    with op.batch_alter_table("notice") as batch:
        batch.alter_column("case_id", existing_type=KEY, nullable=True)


def _tokens() -> None:
    untold = sa.text("told_at is null and revoked_at is null")
    with op.batch_alter_table("api_token") as batch:
        batch.add_column(sa.Column("purpose", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("scopes", sa.Text(), nullable=False, server_default=EVERY_SCOPE))
        batch.add_column(sa.Column("rate", sa.Integer(), comment=RATE))
        batch.add_column(sa.Column("created_by", KEY))
        batch.add_column(sa.Column("told_at", MOMENT, comment="when its owner was told that it ends"))
        batch.create_foreign_key(op.f("fk_api_token_created_by"), "officer", ["created_by"], ["id"])
    with op.batch_alter_table("api_token") as batch:
        batch.alter_column("scopes", existing_type=sa.Text(), existing_nullable=False, server_default=None)
    op.create_index("ix_api_token_untold", "api_token", ["expires_at"], sqlite_where=untold, postgresql_where=untold)
    op.create_table(
        "token_use",
        sa.Column("token_id", KEY, autoincrement=False, nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False, comment="which minute is counted, since 1970"),
        sa.Column("taken", sa.Integer(), nullable=False, comment=TAKEN),
        sa.Column("used_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["token_id"], ["api_token.id"], name=op.f("fk_token_use_token_id")),
        sa.PrimaryKeyConstraint("token_id", name=op.f("pk_token_use")),
    )


def _webhooks() -> None:
    op.add_column("webhook", sa.Column("secret_before", sa.Text(), nullable=False, server_default=""))
    op.add_column("webhook", sa.Column("before_until", MOMENT))
    op.drop_index("ix_dispatch_webhook_id", "dispatch")
    op.create_index("ix_dispatch_webhook_id_id", "dispatch", ["webhook_id", "id"])
