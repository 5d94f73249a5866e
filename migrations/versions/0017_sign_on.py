"""Sign-on by another house's account, the second factor, and what a session says of itself."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")
GOOD = sa.text("ended_at is null")


def upgrade() -> None:
    """Make the tables. Nothing is required of anybody before an administrator says so."""
    _sessions()
    _identities()
    _rules()
    _factors()


def _sessions() -> None:
    for name, size, default, comment in (
        ("device", 60, "", None),
        ("address", 64, "", None),
        ("way", 10, "password", "password or provider"),
        ("factor", 10, "", "totp, recovery, provider; empty: none yet"),
        ("provider_session", 255, "", None),
    ):
        column = sa.Column(name, sa.String(size), nullable=False, server_default=default, comment=comment)
        op.add_column("session", column)
    op.add_column(
        "session", sa.Column("identity_id", KEY, comment="the account of another house that let the officer in")
    )
    op.create_index(op.f("ix_session_identity_id"), "session", ["identity_id"])


def _identities() -> None:
    op.create_table(
        "identity_link",
        sa.Column("id", KEY, nullable=False),
        sa.Column("officer_id", KEY, nullable=False),
        sa.Column("issuer", sa.String(255), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.Column("linked_by", KEY, comment="empty where a claim linked it, by the rule, or the house"),
        sa.Column("ended_at", MOMENT),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_identity_link_officer_id")),
        sa.ForeignKeyConstraint(["linked_by"], ["officer.id"], name=op.f("fk_identity_link_linked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_link")),
        comment="An account of another house that lets one officer in.",
    )
    op.create_index(op.f("ix_identity_link_officer_id"), "identity_link", ["officer_id"])
    op.create_index(
        "uq_identity_link_good",
        "identity_link",
        ["issuer", "subject"],
        unique=True,
        sqlite_where=GOOD,
        postgresql_where=GOOD,
    )
    op.create_table(
        "sign_on_request",
        sa.Column("state", sa.String(64), nullable=False, comment="a hash"),
        sa.Column(
            "browser", sa.String(64), nullable=False, comment="a hash of what only the browser that began it holds"
        ),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("verifier", sa.String(128), nullable=False),
        sa.Column("following", sa.Text(), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
        sa.PrimaryKeyConstraint("state", name=op.f("pk_sign_on_request")),
        comment="A way to the provider and back, good once and for ten minutes.",
    )
    op.create_index(op.f("ix_sign_on_request_begun_at"), "sign_on_request", ["begun_at"])


def _rules() -> None:
    op.create_table(
        "claim_rule",
        sa.Column("id", KEY, nullable=False),
        sa.Column("claim", sa.String(120), nullable=False),
        sa.Column("value", sa.String(255), nullable=False),
        sa.Column("post", sa.String(60), nullable=False),
        sa.Column("office", sa.String(40), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("added_by", KEY),
        sa.Column("ended_at", MOMENT),
        sa.ForeignKeyConstraint(["post"], ["post.code"], name=op.f("fk_claim_rule_post")),
        sa.ForeignKeyConstraint(["office"], ["office.code"], name=op.f("fk_claim_rule_office")),
        sa.ForeignKeyConstraint(["added_by"], ["officer.id"], name=op.f("fk_claim_rule_added_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_rule")),
        comment="Which post in which office a value of a claim gives.",
    )
    op.create_table(
        "holding_by_rule",
        sa.Column("holding_id", KEY, autoincrement=False, nullable=False),
        sa.Column("rule_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["holding_id"], ["holding.id"], name=op.f("fk_holding_by_rule_holding_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["claim_rule.id"], name=op.f("fk_holding_by_rule_rule_id")),
        sa.PrimaryKeyConstraint("holding_id", name=op.f("pk_holding_by_rule")),
        comment="Posts that a claim gave: only these does a claim take away.",
    )
    op.create_table(
        "sign_on_rule",
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sign_on_rule")),
        comment="Which claim links an account to a login, and which words of a token stand for two factors.",
    )
    op.create_table(
        "factor_rule",
        sa.Column("post", sa.String(60), nullable=False, comment="empty: whoever holds any post"),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("post", name=op.f("pk_factor_rule")),
        comment="Who has to have a second factor, from which day on.",
    )


def _factors() -> None:
    op.create_table(
        "second_factor",
        sa.Column("officer_id", KEY, autoincrement=False, nullable=False),
        sa.Column("secret", sa.Text(), nullable=False, comment="encrypted like a person's field"),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT),
        sa.Column("last_step", sa.BigInteger(), nullable=False, comment="the time step of the last code that was good"),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_second_factor_officer_id")),
        sa.PrimaryKeyConstraint("officer_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("officer_id", KEY, autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("used_at", MOMENT),
        sa.ForeignKeyConstraint(["officer_id"], ["second_factor.officer_id"], name=op.f("fk_recovery_code_officer_id")),
        sa.PrimaryKeyConstraint("officer_id", "hash", name=op.f("pk_recovery_code")),
        comment="Each lets its officer in once, where the device with the codes is lost.",
    )
