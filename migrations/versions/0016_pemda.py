"""Local governments that are told of their own citizens."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")


def upgrade() -> None:
    """Make the tables, and let a case be found by where its person came from."""
    _governments()
    _people()
    _reports()
    _questions()
    op.create_table(
        "pemda_month",
        sa.Column("month", sa.String(7), nullable=False, comment="2026-10"),
        sa.Column("counted_at", MOMENT, nullable=False),
        sa.Column(
            "figures",
            sa.Text(),
            nullable=False,
            comment="measure, area, count as it is told; small ones are not in it",
        ),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_pemda_month")),
        comment="The figures of a month as they are told to everybody, for ever: counted once, small numbers kept back.",
    )
    where = sa.text("name in ('daerah_asal', 'desa_asal')")
    op.create_index("ix_fact_origin", "fact", ["case_id"], sqlite_where=where, postgresql_where=where)


def _governments() -> None:
    op.create_table(
        "pemda",
        sa.Column("id", KEY, nullable=False),
        sa.Column("area", sa.String(13), nullable=False, comment="a Kemendagri code: all that lies in it"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("agreement", sa.Text(), nullable=False, comment="the number of the agreement"),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), comment="the last day; empty: until it is ended"),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("added_by", KEY),
        sa.Column("ended_at", MOMENT),
        sa.Column("ended_by", KEY),
        sa.Column("ended_why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["officer.id"], name=op.f("fk_pemda_added_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["officer.id"], name=op.f("fk_pemda_ended_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pemda")),
        comment="A local government that is told of its own citizens, with the ground on which it is.",
    )
    where = sa.text("ended_at is null")
    op.create_index("uq_pemda_area", "pemda", ["area"], unique=True, sqlite_where=where, postgresql_where=where)


def _people() -> None:
    op.create_table(
        "pemda_user",
        sa.Column("id", KEY, nullable=False),
        sa.Column("pemda_id", KEY, nullable=False),
        sa.Column("login", sa.String(80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column(
            "once", sa.Boolean(), server_default=sa.false(), nullable=False, comment="the password must be changed"
        ),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["pemda_id"], ["pemda.id"], name=op.f("fk_pemda_user_pemda_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pemda_user")),
        sa.UniqueConstraint("login", name=op.f("uq_pemda_user_login")),
        comment="Who signs in for a local government. No officer: nothing here leads to a post or a case.",
    )
    op.create_index(op.f("ix_pemda_user_pemda_id"), "pemda_user", ["pemda_id"])
    op.create_table(
        "pemda_session",
        sa.Column("id", sa.String(64), nullable=False, comment="SHA-256 of the secret"),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("csrf", sa.String(64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT),
        sa.ForeignKeyConstraint(["user_id"], ["pemda_user.id"], name=op.f("fk_pemda_session_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pemda_session")),
    )
    op.create_index(op.f("ix_pemda_session_user_id"), "pemda_session", ["user_id"])
    op.create_index(op.f("ix_pemda_session_expires_at"), "pemda_session", ["expires_at"])


def _reports() -> None:
    op.create_table(
        "pemda_report",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("pemda_id", KEY, nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("protocol", sa.Text(), nullable=False, comment="the number of the berita acara; encrypted"),
        sa.Column("happened_at", MOMENT, nullable=False),
        sa.Column("note", sa.Text(), nullable=False, comment="encrypted"),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("kind in ('accepted', 'declined', 'arrived')", name=op.f("ck_pemda_report_kind")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_pemda_report_case_id")),
        sa.ForeignKeyConstraint(["pemda_id"], ["pemda.id"], name=op.f("fk_pemda_report_pemda_id")),
        sa.ForeignKeyConstraint(["user_id"], ["pemda_user.id"], name=op.f("fk_pemda_report_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pemda_report")),
        comment="What a local government answered to a hand-over, or reported of an arrival.",
    )
    op.create_index(op.f("ix_pemda_report_case_id"), "pemda_report", ["case_id"])
    op.create_index("ix_pemda_report_pemda_id_at", "pemda_report", ["pemda_id", "at"])


def _questions() -> None:
    op.create_table(
        "pemda_question",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("pemda_id", KEY, nullable=False),
        sa.Column("user_id", KEY),
        sa.Column("officer_id", KEY),
        sa.Column("office", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False, comment="encrypted"),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("(user_id is null) <> (officer_id is null)", name=op.f("ck_pemda_question_who")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_pemda_question_case_id")),
        sa.ForeignKeyConstraint(["pemda_id"], ["pemda.id"], name=op.f("fk_pemda_question_pemda_id")),
        sa.ForeignKeyConstraint(["user_id"], ["pemda_user.id"], name=op.f("fk_pemda_question_user_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_pemda_question_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pemda_question")),
        comment="A thread of one local government and the office about one citizen: a question, or an answer to it.",
    )
    op.create_index("ix_pemda_question_case_id_pemda_id", "pemda_question", ["case_id", "pemda_id"])
