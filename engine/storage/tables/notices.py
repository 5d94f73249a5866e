"""What officers are told, where mail reaches them, which programs are told too, and what is on its way to either."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from engine.storage.columns import Canonical, Key, Moment
from engine.storage.tables.shape import metadata, partial

_OPEN = "state in ('pending', 'sending')"

mail_address = Table(
    "mail_address",
    metadata,
    Column("officer_id", ForeignKey("officer.id"), primary_key=True, autoincrement=False),
    Column("address", Text, nullable=False),
    Column("set_at", Moment, nullable=False),
    comment="Of officers who want mail; encrypted like a person's field.",
)

notice_choice = Table(
    "notice_choice",
    metadata,
    Column("officer_id", ForeignKey("officer.id")),
    Column("topic", String(20)),
    Column("mail", String(10), nullable=False),
    PrimaryKeyConstraint("officer_id", "topic"),
    CheckConstraint("mail in ('off', 'at-once', 'digest')", name="mail"),
)

webhook = Table(
    "webhook",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("secret_before", Text, nullable=False, server_default=""),
    Column("before_until", Moment),
    Column("kinds", Canonical, nullable=False),
    Column("added_by", ForeignKey("officer.id")),
    Column("added_at", Moment, nullable=False),
    Column("ended_at", Moment),
    comment="Addresses of other programs that are told of events; url and secret are encrypted like a person's field.",
)

dispatch = Table(
    "dispatch",
    metadata,
    Column("id", Key, primary_key=True),
    Column("key", String(32), nullable=False),
    Column("channel", String(10), nullable=False),
    Column("target", String(40), nullable=False),
    Column("officer_id", ForeignKey("officer.id"), index=True),
    Column("webhook_id", ForeignKey("webhook.id")),
    Column("case_id", ForeignKey("case.id")),
    Column("digest", Boolean, nullable=False),
    Column("event", String(60), nullable=False),
    Column("payload", Canonical, nullable=False),
    Column("state", String(10), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("problem", String(120), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("done_at", Moment),
    CheckConstraint("channel in ('mail', 'webhook', 'siskop2mi')", name="channel"),
    CheckConstraint("state in ('pending', 'sending', 'sent', 'failed', 'withdrawn', 'unknown')", name="state"),
    partial("ix_dispatch_next", "channel", "next_at", "id", where=_OPEN),
    partial("ix_dispatch_order", "target", "case_id", "id", where=_OPEN),
    partial("ix_dispatch_failed", "id", where="state = 'failed'"),
    partial("ix_dispatch_unknown", "id", where="state = 'unknown'"),
    Index(None, "done_at"),
    Index(None, "webhook_id", "id"),
    comment="What leaves the house. Of one case and one receiver, in the order of the rows; nothing personal is in a row.",
)

notice = Table(
    "notice",
    metadata,
    Column("id", Key, primary_key=True),
    Column("officer_id", ForeignKey("officer.id"), nullable=False),
    Column("kind", String(30), nullable=False),
    Column("about", String(60), nullable=False),
    Column("case_id", ForeignKey("case.id"), index=True),
    Column("item_id", ForeignKey("work_item.id")),
    Column("name", Text, nullable=False),
    Column("told", Canonical, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("read_at", Moment),
    Column("dispatch_id", ForeignKey("dispatch.id"), index=True),
    Index(None, "officer_id", "id"),
    partial("ix_notice_unread", "officer_id", "case_id", where="read_at is null"),
    comment="One thing that one officer was told; by which mail too, if any.",
)
