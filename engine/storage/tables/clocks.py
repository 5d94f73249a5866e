"""The ledger of time: every clock of a case, the spans that do not count, what was added, and who was told that it runs out."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from engine.storage.columns import Canonical, Deadline, Key, Moment
from engine.storage.tables.shape import metadata, partial

_OPEN = "state in ('running', 'paused')"

clock = Table(
    "clock",
    metadata,
    Column("id", Key, primary_key=True),
    Column("case_id", ForeignKey("case.id"), nullable=False, index=True),
    Column("kind", String(10), nullable=False),
    Column("token", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("office", String(40), nullable=False),
    Column("service", String(60), nullable=False),
    Column("amount", Float, nullable=False),
    Column("clock", String(20), nullable=False),
    Column("basis", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("due_at", Deadline, nullable=False),
    Column("state", String(10), nullable=False),
    Column("ended_at", Moment),
    Column("edition", Integer, nullable=False),
    Column("rung", Integer, nullable=False),
    Column("next_at", Deadline, nullable=False),
    Column("ladder", Canonical),
    CheckConstraint("kind in ('step', 'procedure', 'stage', 'case', 'duty')", name="kind"),
    CheckConstraint("state in ('running', 'paused', 'ended', 'withdrawn')", name="state"),
    partial("uq_clock_open", "case_id", "kind", "token", "code", where=_OPEN, unique=True),
    partial("ix_clock_next", "next_at", "id", where="state = 'running'"),
    partial("ix_clock_due", "office", "due_at", "id", where=_OPEN),
    partial("ix_clock_edition", "edition", "id", where=_OPEN),
    comment="One row for each clock of a case, open or over. Without a ladder of its own it climbs the usual one.",
)

clock_turn = Table(
    "clock_turn",
    metadata,
    Column("clock_id", ForeignKey("clock.id")),
    Column("begins_at", Moment),
    Column("office", String(40), nullable=False),
    Column("service", String(60), nullable=False),
    PrimaryKeyConstraint("clock_id", "begins_at"),
    comment="Of clocks that went from one office to another only: from when on whose working time counts.",
)

pause = Table(
    "pause",
    metadata,
    Column("id", Key, primary_key=True),
    Column("case_id", ForeignKey("case.id"), nullable=False, index=True),
    Column("reason", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("whole", Boolean, nullable=False),
    Column("begins_at", Moment, nullable=False),
    Column("ends_at", Moment),
    Column("begun_by", ForeignKey("officer.id")),
    Column("ended_by", ForeignKey("officer.id")),
    Column("recorded_at", Moment, nullable=False),
    Column("voided_at", Moment),
    Column("voided_by", ForeignKey("officer.id")),
    Column("voided_why", Text, nullable=False),
    Column("replaces_id", ForeignKey("pause.id")),
    CheckConstraint("reason in ('applicant', 'other-agency', 'force-majeure', 'suspended')", name="reason"),
    comment="text and voided_why are encrypted like a person's field; whole: every clock of the case, later ones too",
)

pause_clock = Table(
    "pause_clock",
    metadata,
    Column("pause_id", ForeignKey("pause.id")),
    Column("clock_id", ForeignKey("clock.id"), index=True),
    PrimaryKeyConstraint("pause_id", "clock_id"),
)

extension = Table(
    "extension",
    metadata,
    Column("id", Key, primary_key=True),
    Column("clock_id", ForeignKey("clock.id"), nullable=False, index=True),
    Column("amount", Float, nullable=False),
    Column("clock", String(20), nullable=False),
    Column("basis", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("asked_by", ForeignKey("officer.id"), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("state", String(10), nullable=False),
    Column("decided_by", ForeignKey("officer.id")),
    Column("decided_at", Moment),
    Column("answer", Text, nullable=False),
    Column("notice_id", ForeignKey("paper.id")),
    CheckConstraint("state in ('proposed', 'granted', 'declined')", name="state"),
    partial("uq_extension_proposed", "clock_id", where="state = 'proposed'", unique=True),
    comment="reason and answer are encrypted like a person's field",
)

escalation = Table(
    "escalation",
    metadata,
    Column("id", Key, primary_key=True),
    Column("clock_id", ForeignKey("clock.id"), nullable=False),
    Column("rung", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("act", String(20), nullable=False),
    Column("to_post", String(60), nullable=False),
    Column("to_officer", ForeignKey("officer.id")),
    UniqueConstraint("clock_id", "rung"),
    comment="What was done when a clock came to a rung of its ladder: once each, whatever restarts there were.",
)
