"""The catalogue's own tables. How a database gets this shape is `migrations/`' business alone."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table
from sqlalchemy import Text as Words

from engine import Key, Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

draft = Table(
    "draft",
    metadata,
    Column("id", Key, primary_key=True),
    Column("code", String(80), nullable=False, index=True),
    Column("title", Words, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("base_edition", Integer),
    Column("base_sha256", String(64), nullable=False),
    Column("author", String(80), nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("submitted_by", String(80), nullable=False),
    Column("approved_by", String(80), nullable=False),
    Column("effective_on", Date),
    Column("edition", Integer),
    CheckConstraint("state in ('draft', 'submitted', 'approved', 'in-force', 'withdrawn')", name="state"),
    Index(None, "state", "effective_on"),
)

draft_act = Table(
    "draft_act",
    metadata,
    Column("id", Key, primary_key=True),
    Column("draft_id", ForeignKey("draft.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("officer", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("note", Words, nullable=False),
    comment="what was done with a draft: only grows",
)
