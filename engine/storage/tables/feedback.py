"""What people who are not signed in told the owners of SOPs: which case answers it, and what it is asked after by."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from engine.storage.columns import Moment
from engine.storage.tables.shape import metadata

feedback = Table(
    "feedback",
    metadata,
    Column("case_id", ForeignKey("case.id"), primary_key=True, autoincrement=False),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("pin_hash", String(64), nullable=False),
    Column("procedure", String(80), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("step", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("given_at", Moment, nullable=False),
    Index(None, "procedure", "given_at"),
    comment="Its words and its giver's contact are encrypted papers of the case.",
)
