"""What officers are told, where mail reaches them, which programs are told too, and what is on its way."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")
OPEN = "state in ('pending', 'sending')"


def upgrade() -> None:
    """Make the tables. Nobody has an address yet, so nobody gets mail before they ask for it."""
    _choices()
    _webhooks()
    _dispatches()
    _notices()


def _choices() -> None:
    op.create_table(
        "mail_address",
        sa.Column("officer_id", KEY, autoincrement=False, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_mail_address_officer_id")),
        sa.PrimaryKeyConstraint("officer_id", name=op.f("pk_mail_address")),
        comment="Of officers who want mail; encrypted like a person's field.",
    )
    op.create_table(
        "notice_choice",
        sa.Column("officer_id", KEY, nullable=False),
        sa.Column("topic", sa.String(20), nullable=False),
        sa.Column("mail", sa.String(10), nullable=False),
        sa.CheckConstraint("mail in ('off', 'at-once', 'digest')", name=op.f("ck_notice_choice_mail")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_notice_choice_officer_id")),
        sa.PrimaryKeyConstraint("officer_id", "topic", name=op.f("pk_notice_choice")),
    )


def _webhooks() -> None:
    op.create_table(
        "webhook",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("added_by", KEY),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.ForeignKeyConstraint(["added_by"], ["officer.id"], name=op.f("fk_webhook_added_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
        comment="Addresses of other programs that are told of events; url and secret are encrypted like a person's field.",
    )


def _dispatches() -> None:
    op.create_table(
        "dispatch",
        sa.Column("id", KEY, nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("target", sa.String(40), nullable=False),
        sa.Column("officer_id", KEY),
        sa.Column("webhook_id", KEY),
        sa.Column("case_id", KEY),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.Column("event", sa.String(60), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(120), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT),
        sa.CheckConstraint("channel in ('mail', 'webhook')", name=op.f("ck_dispatch_channel")),
        sa.CheckConstraint(
            "state in ('pending', 'sending', 'sent', 'failed', 'withdrawn')", name=op.f("ck_dispatch_state")
        ),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_dispatch_officer_id")),
        sa.ForeignKeyConstraint(["webhook_id"], ["webhook.id"], name=op.f("fk_dispatch_webhook_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_dispatch_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch")),
        comment="What leaves the house. Of one case and one receiver, in the order of the rows; nothing personal is in a row.",
    )
    op.create_index("ix_dispatch_officer_id", "dispatch", ["officer_id"])
    op.create_index("ix_dispatch_webhook_id", "dispatch", ["webhook_id"])
    op.create_index("ix_dispatch_done_at", "dispatch", ["done_at"])
    _partial("ix_dispatch_next", "dispatch", ["channel", "next_at", "id"], OPEN)
    _partial("ix_dispatch_order", "dispatch", ["target", "case_id", "id"], OPEN)
    _partial("ix_dispatch_failed", "dispatch", ["id"], "state = 'failed'")


def _notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", KEY, nullable=False),
        sa.Column("officer_id", KEY, nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("about", sa.String(60), nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("item_id", KEY),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT),
        sa.Column("dispatch_id", KEY),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_notice_officer_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_notice_case_id")),
        sa.ForeignKeyConstraint(["item_id"], ["work_item.id"], name=op.f("fk_notice_item_id")),
        sa.ForeignKeyConstraint(["dispatch_id"], ["dispatch.id"], name=op.f("fk_notice_dispatch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        comment="One thing that one officer was told; by which mail too, if any.",
    )
    op.create_index("ix_notice_officer_id_id", "notice", ["officer_id", "id"])
    op.create_index("ix_notice_case_id", "notice", ["case_id"])
    op.create_index("ix_notice_at", "notice", ["at"])
    op.create_index("ix_notice_dispatch_id", "notice", ["dispatch_id"])
    _partial("ix_notice_unread", "notice", ["officer_id", "case_id"], "read_at is null")


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    told = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=told, postgresql_where=told)
