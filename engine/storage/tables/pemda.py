"""Local governments, their people and sessions, what they report and ask, and the months whose figures they are told."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    false,
)

from engine.storage.columns import Canonical, Key, Moment
from engine.storage.tables.shape import metadata, partial

pemda = Table(
    "pemda",
    metadata,
    Column("id", Key, primary_key=True),
    Column("area", String(13), nullable=False, comment="a Kemendagri code: all that lies in it"),
    Column("name", Text, nullable=False),
    Column("legal_basis", Text, nullable=False),
    Column("agreement", Text, nullable=False, comment="the number of the agreement"),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date, comment="the last day; empty: until it is ended"),
    Column("added_at", Moment, nullable=False),
    Column("added_by", ForeignKey("officer.id")),
    Column("ended_at", Moment),
    Column("ended_by", ForeignKey("officer.id")),
    Column("ended_why", Text, nullable=False),
    partial("uq_pemda_area", "area", where="ended_at is null", unique=True),
    comment="A local government that is told of its own citizens, with the ground on which it is.",
)

pemda_user = Table(
    "pemda_user",
    metadata,
    Column("id", Key, primary_key=True),
    Column("pemda_id", ForeignKey("pemda.id"), nullable=False, index=True),
    Column("login", String(80), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("once", Boolean, nullable=False, server_default=false(), comment="the password must be changed"),
    Column("language", String(8), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("added_at", Moment, nullable=False),
    comment="Who signs in for a local government. No officer: nothing here leads to a post or a case.",
)

pemda_session = Table(
    "pemda_session",
    metadata,
    Column("id", String(64), primary_key=True, comment="SHA-256 of the secret"),
    Column("user_id", ForeignKey("pemda_user.id"), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    Column("revoked_at", Moment),
    Column("device", String(60), nullable=False, server_default=""),
    Column("address", String(64), nullable=False, server_default=""),
    Column("factor", String(10), nullable=False, server_default="", comment="totp, recovery; empty: none yet"),
)

pemda_factor = Table(
    "pemda_factor",
    metadata,
    Column("user_id", ForeignKey("pemda_user.id"), primary_key=True, autoincrement=False),
    Column("secret", Text, nullable=False, comment="encrypted like a person's field"),
    Column("begun_at", Moment, nullable=False),
    Column("confirmed_at", Moment),
    Column("last_step", BigInteger, nullable=False, comment="the time step of the last code that was good"),
    comment="The second factor of somebody of a local government: nobody of them gets in without one.",
)

pemda_recovery_code = Table(
    "pemda_recovery_code",
    metadata,
    Column("user_id", ForeignKey("pemda_factor.user_id"), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("used_at", Moment),
    PrimaryKeyConstraint("user_id", "hash"),
    comment="Each lets its person in once, where the device with the codes is lost.",
)

pemda_report = Table(
    "pemda_report",
    metadata,
    Column("id", Key, primary_key=True),
    Column("case_id", ForeignKey("case.id"), nullable=False, index=True),
    Column("pemda_id", ForeignKey("pemda.id"), nullable=False),
    Column("user_id", ForeignKey("pemda_user.id"), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("protocol", Text, nullable=False, comment="the number of the berita acara; encrypted"),
    Column("happened_at", Moment, nullable=False),
    Column("note", Text, nullable=False, comment="encrypted"),
    Column("at", Moment, nullable=False),
    CheckConstraint("kind in ('accepted', 'declined', 'arrived')", name="kind"),
    Index(None, "pemda_id", "at"),
    comment="What a local government answered to a hand-over, or reported of an arrival.",
)

pemda_paper = Table(
    "pemda_paper",
    metadata,
    Column("paper_id", ForeignKey("paper.id"), primary_key=True, autoincrement=False),
    Column("report_id", ForeignKey("pemda_report.id"), nullable=False, index=True),
    comment="A paper of a case that a local government brought with what it reported.",
)

pemda_question = Table(
    "pemda_question",
    metadata,
    Column("id", Key, primary_key=True),
    Column("case_id", ForeignKey("case.id"), nullable=False),
    Column("pemda_id", ForeignKey("pemda.id"), nullable=False),
    Column("user_id", ForeignKey("pemda_user.id")),
    Column("officer_id", ForeignKey("officer.id")),
    Column("office", String(40), nullable=False),
    Column("text", Text, nullable=False, comment="encrypted"),
    Column("at", Moment, nullable=False),
    CheckConstraint("(user_id is null) <> (officer_id is null)", name="who"),
    Index(None, "case_id", "pemda_id"),
    comment="A thread of one local government and the office about one citizen: a question, or an answer to it.",
)

pemda_month = Table(
    "pemda_month",
    metadata,
    Column("month", String(7), primary_key=True, comment="2026-10"),
    Column("counted_at", Moment, nullable=False),
    Column(
        "figures", Canonical, nullable=False, comment="measure, area, count as it is told; small ones are not in it"
    ),
    comment="The figures of a month as they are told to everybody, for ever: counted once, small numbers kept back.",
)
