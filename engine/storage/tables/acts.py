"""What officers do beside finishing a step: comments, drafts, hand-overs between offices."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, PrimaryKeyConstraint, String, Table, Text

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
