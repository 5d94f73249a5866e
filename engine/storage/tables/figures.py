"""What was published for everybody: each data set of each period in numbered editions. Nothing of a person stands in it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from engine.storage.columns import Key, Moment
from engine.storage.tables.shape import metadata

figure_edition = Table(
    "figure_edition",
    metadata,
    Column("id", Key, primary_key=True),
    Column("dataset", String(40), nullable=False),
    Column("period", String(7), nullable=False, comment="2026-10, or 2026 of a year"),
    Column("edition", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("csv", Text, nullable=False),
    Column("json", Text, nullable=False),
    Column("sha256", String(64), nullable=False, comment="of the CSV file"),
    Column("rows", Integer, nullable=False),
    Column("reason", Text, nullable=False, comment="why it stands in for the edition before; empty of a first one"),
    Column("made_at", Moment, nullable=False),
    Column("published_at", Moment),
    Column("published_by", ForeignKey("officer.id")),
    UniqueConstraint("dataset", "period", "edition"),
    CheckConstraint("state in ('prepared', 'published')", name="state"),
    Index(None, "state", "period"),
    comment="A published row never changes: the database itself refuses it.",
)
