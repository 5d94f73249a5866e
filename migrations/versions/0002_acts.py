"""What officers do beside finishing a step: take back, correct, hand over, comment, keep a draft."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")

POWERS = {
    '["oversee","audit"]': (
        "kepala-bp3mi",
        "direktur-pelindungan",
        "direktur-kepulangan",
        "manajer-mutu",
    ),
    '["oversee"]': (
        "kepala-subbag-tu",
        "ketua-tim-pelindungan",
        "ketua-tim-pemberdayaan",
        "ketua-tim-penempatan",
        "ketua-tim-helpdesk",
        "koordinator-p4mi",
    ),
    '["publish"]': ("pemilik-proses",),
    '["audit"]': ("auditor",),
    '["administer","audit"]': ("admin-sistem",),
}
"""What the posts of the register could do when this column came; other posts get no power by it."""


def upgrade() -> None:
    """Make room for both kinds of acts."""
    _counter_steps()
    _daily_acts()


def _counter_steps() -> None:
    """What undoes a step: the way back, who went it and why, and where suspended and cancelled cases stand."""
    op.add_column("work_item", sa.Column("way_back", sa.Text(), nullable=True))
    with op.batch_alter_table("case") as table:
        table.add_column(sa.Column("follows_id", KEY, nullable=True))
        table.create_foreign_key(op.f("fk_case_follows_id"), "case", ["follows_id"], ["id"])
    op.create_index(op.f("ix_case_follows_id"), "case", ["follows_id"])
    op.create_table(
        "counter_step",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("item_id", KEY, nullable=True),
        sa.Column("from_item_id", KEY, nullable=True),
        sa.Column("officer_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind in ('taken_back', 'returned', 'corrected', 'suspended', 'resumed', 'reopened')",
            name=op.f("ck_counter_step_kind"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_counter_step_case_id")),
        sa.ForeignKeyConstraint(["item_id"], ["work_item.id"], name=op.f("fk_counter_step_item_id")),
        sa.ForeignKeyConstraint(["from_item_id"], ["work_item.id"], name=op.f("fk_counter_step_from_item_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_counter_step_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter_step")),
        comment="What was undone, held up or put right, by whom and why; reason is encrypted like a person's field",
    )
    op.create_index(op.f("ix_counter_step_case_id"), "counter_step", ["case_id"])
    op.create_index(op.f("ix_counter_step_item_id"), "counter_step", ["item_id"])
    op.create_table(
        "suspension",
        sa.Column("case_id", KEY, nullable=False, autoincrement=False),
        sa.Column("with_case_id", KEY, nullable=False),
        sa.Column("step_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_suspension_case_id")),
        sa.ForeignKeyConstraint(["with_case_id"], ["case.id"], name=op.f("fk_suspension_with_case_id")),
        sa.ForeignKeyConstraint(["step_id"], ["counter_step.id"], name=op.f("fk_suspension_step_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_suspension")),
        comment="Suspended cases only: the case by which each was suspended, and the step that says who and why.",
    )
    op.create_index(op.f("ix_suspension_with_case_id"), "suspension", ["with_case_id"])
    op.create_table(
        "cancelled_case",
        sa.Column("case_id", KEY, nullable=False, autoincrement=False),
        sa.Column("snapshot", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_cancelled_case_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_cancelled_case")),
        comment="Where a cancelled case stood, so that it can go on from there.",
    )


def _daily_acts() -> None:
    """What is done day by day: comments, drafts, hand-overs, late entries, the powers of posts, closing reasons."""
    op.add_column("post", sa.Column("powers", sa.Text(), nullable=False, server_default="[]"))
    for powers, codes in POWERS.items():
        for code in codes:
            op.execute(
                sa.text("UPDATE post SET powers = :powers WHERE code = :code").bindparams(powers=powers, code=code)
            )
    op.add_column("case", sa.Column("closing", sa.String(60), nullable=False, server_default=""))
    op.add_column("work_item", sa.Column("happened_at", MOMENT, nullable=True))
    _comments()
    _drafts()
    _handovers()


def _comments() -> None:
    op.create_table(
        "comment",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("officer_id", KEY, nullable=False),
        sa.Column("office", sa.String(40), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("kind in ('comment', 'late')", name=op.f("ck_comment_kind")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_comment_case_id")),
        sa.ForeignKeyConstraint(["item_id"], ["work_item.id"], name=op.f("fk_comment_item_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_comment_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        comment="version.key.nonce.ciphertext; authenticated with table, column and row",
    )
    op.create_index(op.f("ix_comment_case_id"), "comment", ["case_id"])
    op.create_index(op.f("ix_comment_item_id"), "comment", ["item_id"])


def _drafts() -> None:
    op.create_table(
        "answer_draft",
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("officer_id", KEY, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["work_item.id"], name=op.f("fk_answer_draft_item_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_answer_draft_officer_id")),
        sa.PrimaryKeyConstraint("item_id", "officer_id", name=op.f("pk_answer_draft")),
        comment="What is still being typed, encrypted like a person's field; gone with the item's end.",
    )
    op.create_index(op.f("ix_answer_draft_officer_id"), "answer_draft", ["officer_id"])


def _handovers() -> None:
    op.create_table(
        "handover",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("from_office", sa.String(40), nullable=False),
        sa.Column("to_office", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("offered_at", MOMENT, nullable=False),
        sa.Column("offered_by", KEY, nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answered_by", KEY, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state in ('offered', 'accepted', 'declined', 'expired', 'withdrawn')", name=op.f("ck_handover_state")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_handover_case_id")),
        sa.ForeignKeyConstraint(["from_office"], ["office.code"], name=op.f("fk_handover_from_office")),
        sa.ForeignKeyConstraint(["to_office"], ["office.code"], name=op.f("fk_handover_to_office")),
        sa.ForeignKeyConstraint(["offered_by"], ["officer.id"], name=op.f("fk_handover_offered_by")),
        sa.ForeignKeyConstraint(["answered_by"], ["officer.id"], name=op.f("fk_handover_answered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        comment="reason and answer are encrypted like a person's field",
    )
    op.create_index(op.f("ix_handover_case_id"), "handover", ["case_id"])
    op.create_index(op.f("ix_handover_to_office_offered_at"), "handover", ["to_office", "offered_at"])
    op.create_index(op.f("ix_handover_from_office_offered_at"), "handover", ["from_office", "offered_at"])
    offered = sa.text("state = 'offered'")
    op.create_index("ix_handover_until", "handover", ["until"], sqlite_where=offered, postgresql_where=offered)
    op.create_index(
        "uq_handover_offered", "handover", ["case_id"], unique=True, sqlite_where=offered, postgresql_where=offered
    )
