"""The papers of cases, and the slips in the hands of the persons they are about."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from engine.storage.columns import Key, Moment
from engine.storage.tables.shape import metadata, partial

paper = Table(
    "paper",
    metadata,
    Column("id", Key, primary_key=True),
    Column("case_id", ForeignKey("case.id"), nullable=False, index=True),
    Column("item_id", ForeignKey("work_item.id")),
    Column("kind", String(63), nullable=False),
    Column("name", Text, nullable=False, comment="encrypted: a file is often named after a person"),
    Column("type", String(120), nullable=False),
    Column("size", Integer, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("added_by", ForeignKey("officer.id"), comment="empty where the person brought it, by the slip"),
    Column("withdrawn_at", Moment),
    Column("withdrawn_by", ForeignKey("officer.id")),
    Column("reason", Text, nullable=False),
)

paper_content = Table(
    "paper_content",
    metadata,
    Column("paper_id", ForeignKey("paper.id")),
    Column("part", Integer),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("paper_id", "part"),
    comment="a part of at most 1 MiB, encrypted; authenticated with table, row and part",
)

slip = Table(
    "slip",
    metadata,
    Column("id", Key, primary_key=True),
    Column("case_id", ForeignKey("case.id"), nullable=False),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("pin_hash", String(64), nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("issued_by", ForeignKey("officer.id"), nullable=False),
    Column("revoked_at", Moment),
    Column("revoked_by", ForeignKey("officer.id")),
    partial("uq_slip_case_good", "case_id", where="revoked_at is null", unique=True),
)

slip_attempt = Table(
    "slip_attempt",
    metadata,
    Column("id", Key, primary_key=True),
    Column("code_hash", String(64), nullable=False),
    Column("address", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("succeeded", Boolean, nullable=False),
    Index(None, "code_hash", "at"),
    Index(None, "address", "at"),
)
