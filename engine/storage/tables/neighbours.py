"""What is exchanged with the national placement system: batches, what came in, what both sides say, and how the line is."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from engine.storage.columns import Canonical, Key, Moment
from engine.storage.tables.shape import metadata, partial

partner_line = Table(
    "partner_line",
    metadata,
    Column("partner", String(20), primary_key=True),
    Column("failures", Integer, nullable=False, comment="in a row"),
    Column("opened_at", Moment, comment="since when the breaker lets nothing through; empty: closed"),
    Column("try_at", Moment, comment="when one call may try whether the partner is there again"),
    Column("answered_at", Moment, comment="when the partner last answered"),
    Column("asked_at", Moment, comment="when events were last asked for"),
    Column("cursor", String(80), nullable=False, comment="the partner's mark after the last event that was read"),
    comment="How the line to a partner is, for every process and for the page.",
)

partner_case = Table(
    "partner_case",
    metadata,
    Column("case_id", ForeignKey("case.id"), primary_key=True, autoincrement=False),
    Column("partner", String(20), nullable=False),
    Column("reference", String(60), comment="the partner's number; empty until it has told one"),
    Column("stage", String(20), nullable=False, comment="the last event that was taken in; empty: none"),
    Column("stage_at", Moment),
    Column("sequence", Integer, nullable=False, comment="of that event; the next one has the number after it"),
    Column("begun_at", Moment, nullable=False),
    Column("closed_at", Moment),
    UniqueConstraint("partner", "reference"),
    comment="Which case is known to the partner, and under which number.",
)

exchange_batch = Table(
    "exchange_batch",
    metadata,
    Column("id", Key, primary_key=True),
    Column("number", String(20), nullable=False, unique=True, comment="K-2026-000123 out, M-2026-000123 in"),
    Column("partner", String(20), nullable=False),
    Column("direction", String(3), nullable=False),
    Column("format", String(4), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False, comment="encrypted: persons stand in it"),
    Column("state", String(12), nullable=False),
    Column("problem", Canonical, nullable=False, comment="what was refused of it: row and sentence"),
    Column("made_at", Moment, nullable=False),
    Column("made_by", ForeignKey("officer.id")),
    Column("settled_at", Moment),
    UniqueConstraint("partner", "direction", "sha256"),
    CheckConstraint("direction in ('out', 'in')", name="direction"),
    CheckConstraint("format in ('xlsx', 'csv')", name="format"),
    CheckConstraint("state in ('made', 'fetched', 'acknowledged', 'partly', 'taken-in', 'refused')", name="state"),
    Index(None, "partner", "made_at"),
)

partner_event = Table(
    "partner_event",
    metadata,
    Column("id", Key, primary_key=True),
    Column("partner", String(20), nullable=False),
    Column("message", String(80), nullable=False, comment="the partner's own id of it: the same twice is one"),
    Column("kind", String(20), nullable=False),
    Column("reference", String(60), nullable=False),
    Column("case_id", ForeignKey("case.id")),
    Column("sequence", Integer, nullable=False),
    Column("occurred_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("body", Text, nullable=False, comment="encrypted"),
    Column("state", String(10), nullable=False),
    Column("why", String(120), nullable=False),
    Column("settled_at", Moment),
    Column("settled_by", ForeignKey("officer.id")),
    Column("batch_id", ForeignKey("exchange_batch.id"), index=True),
    UniqueConstraint("partner", "message"),
    CheckConstraint("state in ('waiting', 'applied', 'set-aside', 'refused')", name="state"),
    partial("ix_partner_event_waiting", "case_id", "sequence", where="state = 'waiting'"),
    Index(None, "case_id"),
    comment="The inbox: each event of the partner once, and what became of it.",
)

reconciliation = Table(
    "reconciliation",
    metadata,
    Column("id", Key, primary_key=True),
    Column("partner", String(20), nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("asked_by", ForeignKey("officer.id")),
    Column("compared", Integer, nullable=False),
    Column("source", String(60), nullable=False, comment="`rest`, or the number of the batch with the partner's list"),
)

difference = Table(
    "difference",
    metadata,
    Column("id", Key, primary_key=True),
    Column("reconciliation_id", ForeignKey("reconciliation.id"), nullable=False, index=True),
    Column("case_id", ForeignKey("case.id"), index=True),
    Column("reference", String(60), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("ours", Canonical, nullable=False),
    Column("theirs", Canonical, nullable=False),
    Column("mended_at", Moment),
    Column("mended_by", ForeignKey("officer.id")),
    Column("how", String(120), nullable=False),
    partial("ix_difference_open", "case_id", where="mended_at is null"),
    comment="What both sides say differently, without anything of the person.",
)
