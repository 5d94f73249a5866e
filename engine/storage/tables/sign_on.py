"""Who gets in by another house's account, which posts its claims give, and the second factor of officers."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, ForeignKey, PrimaryKeyConstraint, String, Table, Text

from engine.storage.columns import Canonical, Key, Moment
from engine.storage.tables.shape import metadata, partial

identity_link = Table(
    "identity_link",
    metadata,
    Column("id", Key, primary_key=True),
    Column("officer_id", ForeignKey("officer.id"), nullable=False, index=True),
    Column("issuer", String(255), nullable=False),
    Column("subject", String(255), nullable=False),
    Column("linked_at", Moment, nullable=False),
    Column("linked_by", ForeignKey("officer.id"), comment="empty where a claim linked it, by the rule, or the house"),
    Column("ended_at", Moment),
    partial("uq_identity_link_good", "issuer", "subject", where="ended_at is null", unique=True),
    comment="An account of another house that lets one officer in.",
)

claim_rule = Table(
    "claim_rule",
    metadata,
    Column("id", Key, primary_key=True),
    Column("claim", String(120), nullable=False),
    Column("value", String(255), nullable=False),
    Column("post", ForeignKey("post.code"), nullable=False),
    Column("office", ForeignKey("office.code"), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("added_by", ForeignKey("officer.id")),
    Column("ended_at", Moment),
    comment="Which post in which office a value of a claim gives.",
)

holding_by_rule = Table(
    "holding_by_rule",
    metadata,
    Column("holding_id", ForeignKey("holding.id"), primary_key=True, autoincrement=False),
    Column("rule_id", ForeignKey("claim_rule.id"), nullable=False),
    comment="Posts that a claim gave: only these does a claim take away.",
)

sign_on_rule = Table(
    "sign_on_rule",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("value", Canonical, nullable=False),
    Column("set_at", Moment, nullable=False),
    comment="Which claim links an account to a login, and which words of a token stand for two factors.",
)

sign_on_request = Table(
    "sign_on_request",
    metadata,
    Column("state", String(64), primary_key=True, comment="a hash"),
    Column("browser", String(64), nullable=False, comment="a hash of what only the browser that began it holds"),
    Column("nonce", String(64), nullable=False),
    Column("verifier", String(128), nullable=False),
    Column("following", Text, nullable=False),
    Column("begun_at", Moment, nullable=False, index=True),
    Column("used_at", Moment),
    comment="A way to the provider and back, good once and for ten minutes.",
)

factor_rule = Table(
    "factor_rule",
    metadata,
    Column("post", String(60), primary_key=True, comment="empty: whoever holds any post"),
    Column("since", Date, nullable=False),
    Column("set_at", Moment, nullable=False),
    comment="Who has to have a second factor, from which day on.",
)

second_factor = Table(
    "second_factor",
    metadata,
    Column("officer_id", ForeignKey("officer.id"), primary_key=True, autoincrement=False),
    Column("secret", Text, nullable=False, comment="encrypted like a person's field"),
    Column("begun_at", Moment, nullable=False),
    Column("confirmed_at", Moment),
    Column("last_step", BigInteger, nullable=False, comment="the time step of the last code that was good"),
)

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("officer_id", ForeignKey("second_factor.officer_id"), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("used_at", Moment),
    PrimaryKeyConstraint("officer_id", "hash"),
    comment="Each lets its officer in once, where the device with the codes is lost.",
)
