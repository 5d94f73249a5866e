"""The organisation, releases, cases and what they wait for, and what is kept for ever."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from engine.storage.columns import Answer, Canonical, Deadline, Key, Moment
from engine.storage.tables.shape import metadata, partial

# The organisation.

office = Table(
    "office",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("name", Text, nullable=False),
    Column("city", Text, nullable=False),
    Column("province", Text, nullable=False),
    Column("zone", String(40), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("phone", String(60), nullable=False, server_default=""),
)

office_area = Table(
    "office_area",
    metadata,
    Column("region", String(13), primary_key=True),
    Column("office", ForeignKey("office.code"), nullable=False, index=True),
)

post = Table(
    "post",
    metadata,
    Column("code", String(60), primary_key=True),
    Column("title", Text, nullable=False),
    Column("powers", Canonical, nullable=False, server_default="[]"),
    Column(
        "service",
        String(60),
        nullable=False,
        server_default="",
        comment="whose working times it keeps; empty: the office's",
    ),
)

officer = Table(
    "officer",
    metadata,
    Column("id", Key, primary_key=True),
    Column("login", String(80), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("zone", String(40), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("once", Boolean, nullable=False, server_default=false(), comment="the password must be changed"),
)

holding = Table(
    "holding",
    metadata,
    Column("id", Key, primary_key=True),
    Column("officer_id", ForeignKey("officer.id"), nullable=False, index=True),
    Column("post", ForeignKey("post.code"), nullable=False),
    Column("office", ForeignKey("office.code"), nullable=False),
    Column("begins_on", Date, nullable=False),
    Column("ends_on", Date),
    Column("acting", String(8), nullable=False),
    Index(None, "office", "post"),
)

# Getting in.

session = Table(
    "session",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("officer_id", ForeignKey("officer.id"), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    Column("revoked_at", Moment),
    Column("device", String(60), nullable=False, server_default=""),
    Column("address", String(64), nullable=False, server_default=""),
    Column("way", String(10), nullable=False, server_default="password", comment="password or provider"),
    Column(
        "factor", String(10), nullable=False, server_default="", comment="totp, recovery, provider; empty: none yet"
    ),
    Column("identity_id", Key, index=True, comment="the account of another house that let the officer in"),
    Column("provider_session", String(255), nullable=False, server_default=""),
)

sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    Column("id", Key, primary_key=True),
    Column("login", String(80), nullable=False),
    Column("address", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("succeeded", Boolean, nullable=False),
    Index(None, "login", "at"),
    Index(None, "address", "at"),
)

api_token = Table(
    "api_token",
    metadata,
    Column("id", Key, primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("officer_id", ForeignKey("officer.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("purpose", Text, nullable=False, server_default=""),
    Column("scopes", Canonical, nullable=False),
    Column("rate", Integer, comment="requests a minute; null: what the house grants to every program"),
    Column("created_at", Moment, nullable=False),
    Column("created_by", ForeignKey("officer.id")),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Column("told_at", Moment, comment="when its owner was told that it ends"),
    partial("ix_api_token_untold", "expires_at", where="told_at is null and revoked_at is null"),
)

# What cases run on.

release = Table(
    "release",
    metadata,
    Column("id", Key, primary_key=True),
    Column("code", String(80), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("activities", Canonical, nullable=False),
    Column("facts", Canonical, nullable=False),
    Column("starts", Canonical, nullable=False),
    Column("published_at", Moment, nullable=False),
    Column("published_by", String(80), nullable=False),
    Column("ended_at", Moment),
    UniqueConstraint("code", "edition"),
    CheckConstraint("state in ('in-force', 'superseded', 'revoked')", name="state"),
    partial("uq_release_code_in_force", "code", where="state = 'in-force'", unique=True),
)

drawing = Table(
    "drawing",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

release_drawing = Table(
    "release_drawing",
    metadata,
    Column("release_id", ForeignKey("release.id")),
    Column("process", String(80), index=True),
    Column("sha256", ForeignKey("drawing.sha256"), nullable=False),
    PrimaryKeyConstraint("release_id", "process"),
)

# The person.

subject = Table(
    "subject",
    metadata,
    Column("id", Key, primary_key=True),
    Column("created_at", Moment, nullable=False),
    Column("merged_into", Key),
    Column("person_id", Key, index=True),
    Column("indexed", Integer, nullable=False, server_default="0"),
)

subject_field = Table(
    "subject_field",
    metadata,
    Column("subject_id", ForeignKey("subject.id")),
    Column("name", String(63)),
    Column("value", Text, nullable=False),
    PrimaryKeyConstraint("subject_id", "name"),
    comment="version.key.nonce.ciphertext; authenticated with table, column and row",
)

# The case and what it waits for.

case = Table(
    "case",
    metadata,
    Column("id", Key, primary_key=True),
    Column("number", String(40), nullable=False, unique=True),
    Column("release_id", ForeignKey("release.id"), nullable=False, index=True),
    Column("office", ForeignKey("office.code"), nullable=False),
    Column("origin_office", ForeignKey("office.code")),
    Column("destination_office", ForeignKey("office.code")),
    Column("subject_id", ForeignKey("subject.id"), index=True),
    Column("parent_id", ForeignKey("case.id"), index=True),
    Column("disposition_id", Key),
    Column("state", String(12), nullable=False),
    Column("stage", Text, nullable=False),
    Column("snapshot", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("ended_how", Text, nullable=False),
    Column("event_id", Key, index=True),
    Column("closing", String(60), nullable=False, server_default=""),
    Column("follows_id", ForeignKey("case.id"), index=True),
    Column("pauses", Integer, nullable=False, server_default="0", comment="pauses that are open: mostly none"),
    CheckConstraint("state in ('running', 'suspended', 'completed', 'cancelled')", name="state"),
    partial("ix_case_office_running", "office", "id", where="state in ('running', 'suspended')"),
    Index(None, "office", "opened_at"),
    postgresql_with={"fillfactor": 70},
)

participation = Table(
    "participation",
    metadata,
    Column("case_id", ForeignKey("case.id")),
    Column("office", ForeignKey("office.code")),
    Column("since", Moment, nullable=False),
    PrimaryKeyConstraint("case_id", "office"),
    Index(None, "office", "case_id"),
)

_OPEN = "state in ('ready', 'reserved')"

work_item = Table(
    "work_item",
    metadata,
    Column("id", Key, primary_key=True),
    Column("case_id", ForeignKey("case.id"), nullable=False),
    Column("token", Text, nullable=False),
    Column("process", Text, nullable=False),
    Column("element", Text, nullable=False),
    Column("path", Canonical, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", String(30), nullable=False),
    Column("post", String(60), nullable=False),
    Column("office", ForeignKey("office.code"), nullable=False),
    Column("officer_id", ForeignKey("officer.id")),
    Column("state", String(12), nullable=False),
    Column("version", Integer, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("opened_in", Integer, nullable=False),
    Column("due_at", Deadline, nullable=False),
    Column("changed_at", Moment),
    Column("changed_by", ForeignKey("officer.id")),
    Column("closed_at", Moment),
    Column("outcome", Text, nullable=False),
    Column("instance", Integer),
    Column("local", Canonical, nullable=False),
    Column("happened_at", Moment),
    Column("way_back", Text),
    Column("claimed_at", Moment),
    UniqueConstraint("case_id", "token"),
    CheckConstraint("state in ('ready', 'reserved', 'completed', 'exited')", name="state"),
    partial("ix_work_item_queue", "office", "post", "due_at", "id", where="state = 'ready'"),
    partial("ix_work_item_mine", "officer_id", "due_at", "id", where="state = 'reserved'"),
    partial("ix_work_item_open", "case_id", where=_OPEN),
    partial("ix_work_item_office", "office", "due_at", "id", where=_OPEN),
    postgresql_with={"fillfactor": 80},
)

timer = Table(
    "timer",
    metadata,
    Column("id", Key, primary_key=True),
    Column("case_id", ForeignKey("case.id")),
    Column("release_id", ForeignKey("release.id")),
    Column("token", Text, nullable=False),
    Column("element", Text, nullable=False),
    Column("interrupting", Boolean, nullable=False),
    Column("due_at", Moment, nullable=False, index=True),
    Column("fired", Integer, nullable=False),
    Column("since_at", Moment),
    Column("amount", Float),
    Column("clock", String(20)),
    Column("office", String(40)),
    Column("service", String(40)),
    Column("edition", Integer),
    UniqueConstraint("case_id", "token"),
    CheckConstraint("(case_id is null) <> (release_id is null)", name="owner"),
    partial("uq_timer_start", "release_id", "token", where="release_id is not null", unique=True),
    partial("ix_timer_edition", "edition", "id", where="edition is not null"),
    comment="Open timers only: of a case, or the start timers of a release. A row goes when it has fired.",
)

subscription = Table(
    "subscription",
    metadata,
    Column("id", Key, primary_key=True),
    Column("case_id", ForeignKey("case.id"), nullable=False),
    Column("token", Text, nullable=False),
    Column("message", String(200), nullable=False, index=True),
    UniqueConstraint("case_id", "token"),
    comment="Open waits for a message only. A row goes when the message has come.",
)

fact = Table(
    "fact",
    metadata,
    Column("case_id", ForeignKey("case.id")),
    Column("name", String(63)),
    Column("value", Answer, nullable=False),
    Column("written_in", Integer, nullable=False),
    Column("written_by", ForeignKey("officer.id")),
    Column("written_at", Moment, nullable=False),
    Column("disputed", Canonical),
    PrimaryKeyConstraint("case_id", "name"),
    partial("ix_fact_origin", "case_id", where="name in ('daerah_asal', 'desa_asal')"),
)

disposition_kind = Table(
    "disposition_kind",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("title", Text, nullable=False),
    Column("procedure", String(80), nullable=False),
)

disposition = Table(
    "disposition",
    metadata,
    Column("id", Key, primary_key=True),
    Column("case_id", ForeignKey("case.id"), nullable=False, index=True),
    Column("kind", ForeignKey("disposition_kind.code"), nullable=False),
    Column("ground", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("decided_by", ForeignKey("officer.id"), nullable=False),
    Column("sub_case_id", ForeignKey("case.id"), index=True),
    Column("closed_at", Moment),
    Column("closed_how", Text, nullable=False),
    Column("replaced_by", Key),
    CheckConstraint("state in ('open', 'closed', 'replaced', 'cancelled')", name="state"),
)

# What is kept for ever.

_ACTS = "kind in ('work_item.reassigned', 'incident.resolved')"
"""What overseers count and no other table tells; few, so that the index costs nothing."""

audit = Table(
    "audit",
    metadata,
    Column("case_id", Key),
    Column("seq", Integer),
    Column("at", Moment, nullable=False, index=True),
    Column("kind", String(60), nullable=False),
    Column("officer", String(80), nullable=False),
    Column("on_behalf", String(8), nullable=False),
    Column("office", String(40), nullable=False),
    Column("post", String(60), nullable=False),
    Column("data", Canonical, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    PrimaryKeyConstraint("case_id", "seq"),
    partial("ix_audit_acts", "at", where=_ACTS),
    comment="case 0 is the house's own chain: releases, offices, officers",
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("case_id", Key, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

access_record = Table(
    "access_record",
    metadata,
    Column("id", Key, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("officer", String(80), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("case_id", Key, index=True),
    Column("data", Canonical, nullable=False),
    Column("subject_id", Key, index=True),
)

# The house's own business.

incident = Table(
    "incident",
    metadata,
    Column("id", Key, primary_key=True),
    Column("code", String(120), nullable=False),
    Column("case_id", ForeignKey("case.id"), index=True),
    Column("element", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("resolved_at", Moment),
    Column("resolved_by", String(80), nullable=False),
    CheckConstraint("state in ('open', 'resolved')", name="state"),
    partial("ix_incident_open", "case_id", where="state = 'open'"),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("officer", String(80)),
    Column("key", String(200)),
    Column("command", String(60), nullable=False),
    Column("arguments", String(64), nullable=False),
    Column("receipt", Canonical, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    PrimaryKeyConstraint("officer", "key"),
)

announcement = Table(
    "announcement",
    metadata,
    Column("id", Key, primary_key=True),
    Column("case_id", ForeignKey("case.id"), nullable=False),
    Column("token", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("element", Text, nullable=False),
    Column("payload", Canonical, nullable=False),
    Column("state", String(12), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("done_at", Moment),
    CheckConstraint("state in ('pending', 'done', 'failed', 'withdrawn')", name="state"),
    partial("ix_announcement_pending", "next_at", where="state = 'pending'"),
    partial("ix_announcement_case", "case_id", where="state in ('pending', 'failed')"),
)

counter = Table(
    "counter",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Integer, nullable=False),
)
