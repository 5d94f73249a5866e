"""What is exchanged with the national placement system."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")
EXCHANGING = ("kepala-bp3mi", "ketua-tim-penempatan", "verifikator-data")


def upgrade() -> None:
    """Make the tables, and let a dispatch go to the placement system and rest where its outcome is not known."""
    _dispatches()
    _line()
    _cases()
    _batches()
    _events()
    _reconciliations()
    _let_posts_exchange()


def _dispatches() -> None:
    states = "state in ('pending', 'sending', 'sent', 'failed', 'withdrawn', 'unknown')"
    with op.batch_alter_table("dispatch") as batch:
        batch.drop_constraint(op.f("ck_dispatch_channel"), type_="check")
        batch.drop_constraint(op.f("ck_dispatch_state"), type_="check")
        batch.create_check_constraint(op.f("ck_dispatch_channel"), "channel in ('mail', 'webhook', 'siskop2mi')")
        batch.create_check_constraint(op.f("ck_dispatch_state"), states)
    unknown = sa.text("state = 'unknown'")
    op.create_index("ix_dispatch_unknown", "dispatch", ["id"], sqlite_where=unknown, postgresql_where=unknown)


def _line() -> None:
    op.create_table(
        "partner_line",
        sa.Column("partner", sa.String(20), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False, comment="in a row"),
        sa.Column("opened_at", MOMENT, comment="since when the breaker lets nothing through; empty: closed"),
        sa.Column("try_at", MOMENT, comment="when one call may try whether the partner is there again"),
        sa.Column("answered_at", MOMENT, comment="when the partner last answered"),
        sa.Column("asked_at", MOMENT, comment="when events were last asked for"),
        sa.Column(
            "cursor", sa.String(80), nullable=False, comment="the partner's mark after the last event that was read"
        ),
        sa.PrimaryKeyConstraint("partner", name=op.f("pk_partner_line")),
        comment="How the line to a partner is, for every process and for the page.",
    )


def _cases() -> None:
    op.create_table(
        "partner_case",
        sa.Column("case_id", KEY, autoincrement=False, nullable=False),
        sa.Column("partner", sa.String(20), nullable=False),
        sa.Column("reference", sa.String(60), comment="the partner's number; empty until it has told one"),
        sa.Column("stage", sa.String(20), nullable=False, comment="the last event that was taken in; empty: none"),
        sa.Column("stage_at", MOMENT),
        sa.Column(
            "sequence", sa.Integer(), nullable=False, comment="of that event; the next one has the number after it"
        ),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_partner_case_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_partner_case")),
        sa.UniqueConstraint("partner", "reference", name=op.f("uq_partner_case_partner_reference")),
        comment="Which case is known to the partner, and under which number.",
    )


def _batches() -> None:
    states = "state in ('made', 'fetched', 'acknowledged', 'partly', 'taken-in', 'refused')"
    op.create_table(
        "exchange_batch",
        sa.Column("id", KEY, nullable=False),
        sa.Column("number", sa.String(20), nullable=False, comment="K-2026-000123 out, M-2026-000123 in"),
        sa.Column("partner", sa.String(20), nullable=False),
        sa.Column("direction", sa.String(3), nullable=False),
        sa.Column("format", sa.String(4), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="encrypted: persons stand in it"),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False, comment="what was refused of it: row and sentence"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", KEY),
        sa.Column("settled_at", MOMENT),
        sa.CheckConstraint("direction in ('out', 'in')", name=op.f("ck_exchange_batch_direction")),
        sa.CheckConstraint("format in ('xlsx', 'csv')", name=op.f("ck_exchange_batch_format")),
        sa.CheckConstraint(states, name=op.f("ck_exchange_batch_state")),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name=op.f("fk_exchange_batch_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_batch")),
        sa.UniqueConstraint("number", name=op.f("uq_exchange_batch_number")),
        sa.UniqueConstraint("partner", "direction", "sha256", name=op.f("uq_exchange_batch_partner_direction_sha256")),
    )
    op.create_index("ix_exchange_batch_partner_made_at", "exchange_batch", ["partner", "made_at"])


def _events() -> None:
    op.create_table(
        "partner_event",
        sa.Column("id", KEY, nullable=False),
        sa.Column("partner", sa.String(20), nullable=False),
        sa.Column(
            "message", sa.String(80), nullable=False, comment="the partner's own id of it: the same twice is one"
        ),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("reference", sa.String(60), nullable=False),
        sa.Column("case_id", KEY),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("occurred_at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="encrypted"),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("why", sa.String(120), nullable=False),
        sa.Column("settled_at", MOMENT),
        sa.Column("settled_by", KEY),
        sa.Column("batch_id", KEY),
        sa.CheckConstraint(
            "state in ('waiting', 'applied', 'set-aside', 'refused')", name=op.f("ck_partner_event_state")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_partner_event_case_id")),
        sa.ForeignKeyConstraint(["settled_by"], ["officer.id"], name=op.f("fk_partner_event_settled_by")),
        sa.ForeignKeyConstraint(["batch_id"], ["exchange_batch.id"], name=op.f("fk_partner_event_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_event")),
        sa.UniqueConstraint("partner", "message", name=op.f("uq_partner_event_partner_message")),
        comment="The inbox: each event of the partner once, and what became of it.",
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_partner_event_waiting",
        "partner_event",
        ["case_id", "sequence"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_index("ix_partner_event_case_id", "partner_event", ["case_id"])
    op.create_index("ix_partner_event_batch_id", "partner_event", ["batch_id"])


def _reconciliations() -> None:
    op.create_table(
        "reconciliation",
        sa.Column("id", KEY, nullable=False),
        sa.Column("partner", sa.String(20), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("asked_by", KEY),
        sa.Column("compared", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.String(60),
            nullable=False,
            comment="`rest`, or the number of the batch with the partner's list",
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["officer.id"], name=op.f("fk_reconciliation_asked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliation")),
    )
    op.create_index("ix_reconciliation_at", "reconciliation", ["at"])
    op.create_table(
        "difference",
        sa.Column("id", KEY, nullable=False),
        sa.Column("reconciliation_id", KEY, nullable=False),
        sa.Column("case_id", KEY),
        sa.Column("reference", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("ours", sa.Text(), nullable=False),
        sa.Column("theirs", sa.Text(), nullable=False),
        sa.Column("mended_at", MOMENT),
        sa.Column("mended_by", KEY),
        sa.Column("how", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(
            ["reconciliation_id"], ["reconciliation.id"], name=op.f("fk_difference_reconciliation_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_difference_case_id")),
        sa.ForeignKeyConstraint(["mended_by"], ["officer.id"], name=op.f("fk_difference_mended_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_difference")),
        comment="What both sides say differently, without anything of the person.",
    )
    op.create_index("ix_difference_reconciliation_id", "difference", ["reconciliation_id"])
    op.create_index("ix_difference_case_id", "difference", ["case_id"])
    still_open = sa.text("mended_at is null")
    op.create_index(
        "ix_difference_open", "difference", ["case_id"], sqlite_where=still_open, postgresql_where=still_open
    )


def _let_posts_exchange() -> None:
    connection = op.get_bind()
    for code in EXCHANGING:
        text = connection.execute(sa.text("select powers from post where code = :code"), {"code": code}).scalar()
        if text is not None:
            powers = json.dumps(sorted({*json.loads(text), "exchange"}), separators=(",", ":"))
            connection.execute(
                sa.text("update post set powers = :powers where code = :code"), {"code": code, "powers": powers}
            )
