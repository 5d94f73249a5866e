"""People who arrive together: the event, and which case is whose row in the table that they came with."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, Text, UniqueConstraint

from engine.storage.columns import Canonical, Key, Moment
from engine.storage.tables.shape import metadata

event = Table(
    "event",
    metadata,
    Column("id", Key, primary_key=True),
    Column("number", String(40), nullable=False, unique=True),
    Column("office", ForeignKey("office.code"), nullable=False),
    Column("title", Text, nullable=False),
    Column("procedure", String(80), nullable=False),
    Column("message", String(200), nullable=False),
    Column("found_at", Moment),
    Column("place", Text, nullable=False),
    Column("source", String(60), nullable=False),
    Column("note", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("opened_by", ForeignKey("officer.id"), nullable=False),
    Column("closed_at", Moment),
    Index(None, "office", "id"),
    comment="note is encrypted like a person's field",
)

event_person = Table(
    "event_person",
    metadata,
    Column("event_id", ForeignKey("event.id")),
    Column("place", Integer),
    Column("row_hash", String(64), nullable=False),
    Column("case_id", ForeignKey("case.id"), nullable=False, index=True),
    Column("alike", Canonical, nullable=False),
    PrimaryKeyConstraint("event_id", "place"),
    UniqueConstraint("event_id", "row_hash"),
    comment="row_hash is a keyed hash of the row as it was sent; alike names cases that may be of the same person",
)
