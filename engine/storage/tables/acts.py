"""What officers do beside finishing a step: comments, drafts, hand-overs between offices, and what undoes a step."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from engine.storage.columns import Key, Moment
from engine.storage.tables.shape import metadata, partial

comment = Table(
    "comment",
    metadata,
    Column("id", Key, primary_key=True),
    Column("case_id", ForeignKey("case.id"), nullable=False, index=True),
    Column("item_id", ForeignKey("work_item.id"), index=True),
    Column("kind", String(20), nullable=False),
    Column("officer_id", ForeignKey("officer.id"), nullable=False),
    Column("office", String(40), nullable=False),
    Column("at", Moment, nullable=False),
    Column("text", Text, nullable=False),
    CheckConstraint("kind in ('comment', 'late')", name="kind"),
    comment="version.key.nonce.ciphertext; authenticated with table, column and row",
)

answer_draft = Table(
    "answer_draft",
    metadata,
    Column("item_id", ForeignKey("work_item.id")),
    Column("officer_id", ForeignKey("officer.id")),
    Column("saved_at", Moment, nullable=False),
    Column("answers", Text, nullable=False),
    PrimaryKeyConstraint("item_id", "officer_id"),
    Index(None, "officer_id"),
    comment="What is still being typed, encrypted like a person's field; gone with the item's end.",
)

handover = Table(
    "handover",
    metadata,
    Column("id", Key, primary_key=True),
    Column("case_id", ForeignKey("case.id"), nullable=False, index=True),
    Column("from_office", ForeignKey("office.code"), nullable=False),
    Column("to_office", ForeignKey("office.code"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("until", Moment, nullable=False),
    Column("state", String(12), nullable=False),
    Column("offered_at", Moment, nullable=False),
    Column("offered_by", ForeignKey("officer.id"), nullable=False),
    Column("answered_at", Moment),
    Column("answered_by", ForeignKey("officer.id")),
    Column("answer", Text, nullable=False),
    CheckConstraint("state in ('offered', 'accepted', 'declined', 'expired', 'withdrawn')", name="state"),
    Index(None, "to_office", "offered_at"),
    Index(None, "from_office", "offered_at"),
    partial("ix_handover_until", "until", where="state = 'offered'"),
    partial("uq_handover_offered", "case_id", where="state = 'offered'", unique=True),
    comment="reason and answer are encrypted like a person's field",
)

counter_step = Table(
    "counter_step",
    metadata,
    Column("id", Key, primary_key=True),
    Column("case_id", ForeignKey("case.id"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("item_id", ForeignKey("work_item.id"), index=True),
    Column("from_item_id", ForeignKey("work_item.id")),
    Column("officer_id", ForeignKey("officer.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
    CheckConstraint("kind in ('taken_back', 'returned', 'corrected', 'suspended', 'resumed', 'reopened')", name="kind"),
    comment="What was undone, held up or put right, by whom and why; reason is encrypted like a person's field",
)

suspension = Table(
    "suspension",
    metadata,
    Column("case_id", ForeignKey("case.id"), primary_key=True, autoincrement=False),
    Column("with_case_id", ForeignKey("case.id"), nullable=False, index=True),
    Column("step_id", ForeignKey("counter_step.id"), nullable=False),
    comment="Suspended cases only: the case by which each was suspended, and the step that says who and why.",
)

cancelled_case = Table(
    "cancelled_case",
    metadata,
    Column("case_id", ForeignKey("case.id"), primary_key=True, autoincrement=False),
    Column("snapshot", LargeBinary, nullable=False),
    comment="Where a cancelled case stood, so that it can go on from there.",
)
