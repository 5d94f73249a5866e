"""Working times: every edition of the calendar book that was ever in force, whole and for ever."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from engine.storage.columns import Canonical, Moment
from engine.storage.tables.shape import metadata

calendar_edition = Table(
    "calendar_edition",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content", Canonical, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("decree", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", ForeignKey("officer.id")),
    comment="The newest is in force. Without made_by the program itself made it: at the first start, or out of older tables.",
)
