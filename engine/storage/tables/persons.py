"""The register of persons beside their fields: what they are found by, where they came from, who was joined, who recruited them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from engine.storage.columns import Canonical, Key, Moment
from engine.storage.tables.shape import metadata, partial

subject_key = Table(
    "subject_key",
    metadata,
    Column("subject_id", ForeignKey("subject.id")),
    Column("kind", String(20)),
    Column("hash", String(64)),
    PrimaryKeyConstraint("subject_id", "kind", "hash"),
    Index(None, "hash"),
    comment="Blind indexes: HMAC with a key for each kind; those of a name's words are cut to 16 digits.",
)

subject_source = Table(
    "subject_source",
    metadata,
    Column("id", Key, primary_key=True),
    Column("subject_id", ForeignKey("subject.id"), nullable=False, index=True),
    Column("office", ForeignKey("office.code"), nullable=False),
    Column("source", String(200), nullable=False),
    Column("row", Integer, nullable=False),
    Column("facts", Canonical, nullable=False),
    Column("imported_at", Moment, nullable=False),
    Column("by", ForeignKey("officer.id"), nullable=False),
    Index("uq_subject_source_place", "office", "source", "row", unique=True),
    comment="Where a person's fields were taken over from, with the facts of that register about the person",
)

subject_merge = Table(
    "subject_merge",
    metadata,
    Column("id", Key, primary_key=True),
    Column("keep_id", ForeignKey("subject.id"), nullable=False, index=True),
    Column("other_id", ForeignKey("subject.id"), nullable=False, index=True),
    Column("kind", String(8), nullable=False),
    Column("state", String(12), nullable=False),
    Column("reason", Text, nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("proposed_by", ForeignKey("officer.id"), nullable=False),
    Column("decided_at", Moment),
    Column("decided_by", ForeignKey("officer.id")),
    Column("decided_why", Text, nullable=False),
    Column("undone_at", Moment),
    Column("undone_by", ForeignKey("officer.id")),
    Column("undone_why", Text, nullable=False),
    CheckConstraint("kind in ('merge', 'link')", name="kind"),
    CheckConstraint("state in ('proposed', 'confirmed', 'declined', 'undone')", name="state"),
    partial("uq_subject_merge_open", "other_id", where="state in ('proposed', 'confirmed')", unique=True),
)

recruiter = Table(
    "recruiter",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", Text),
    Column("phone", Text),
    Column("name_index", String(64), index=True),
    Column("phone_index", String(64), index=True),
    Column("created_at", Moment, nullable=False),
    Column("merged_into", Key, index=True),
    comment="name and phone are cells like a person's fields",
)

case_recruiter = Table(
    "case_recruiter",
    metadata,
    Column("case_id", ForeignKey("case.id"), primary_key=True),
    Column("recruiter_id", ForeignKey("recruiter.id"), nullable=False, index=True),
    Column("written_at", Moment, nullable=False),
)
