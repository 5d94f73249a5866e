"""The second factor of local governments, what their sessions say of themselves, and the papers that they bring."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")


def upgrade() -> None:
    """Make the tables. Sessions that stand open have shown no second factor, so that they set one up first."""
    _sessions()
    _factors()
    op.create_table(
        "pemda_paper",
        sa.Column("paper_id", KEY, autoincrement=False, nullable=False),
        sa.Column("report_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_pemda_paper_paper_id")),
        sa.ForeignKeyConstraint(["report_id"], ["pemda_report.id"], name=op.f("fk_pemda_paper_report_id")),
        sa.PrimaryKeyConstraint("paper_id", name=op.f("pk_pemda_paper")),
        comment="A paper of a case that a local government brought with what it reported.",
    )
    op.create_index(op.f("ix_pemda_paper_report_id"), "pemda_paper", ["report_id"])


def _sessions() -> None:
    for name, size, comment in (
        ("device", 60, None),
        ("address", 64, None),
        ("factor", 10, "totp, recovery; empty: none yet"),
    ):
        column = sa.Column(name, sa.String(size), nullable=False, server_default="", comment=comment)
        op.add_column("pemda_session", column)


def _factors() -> None:
    op.create_table(
        "pemda_factor",
        sa.Column("user_id", KEY, autoincrement=False, nullable=False),
        sa.Column("secret", sa.Text(), nullable=False, comment="encrypted like a person's field"),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT),
        sa.Column("last_step", sa.BigInteger(), nullable=False, comment="the time step of the last code that was good"),
        sa.ForeignKeyConstraint(["user_id"], ["pemda_user.id"], name=op.f("fk_pemda_factor_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_pemda_factor")),
        comment="The second factor of somebody of a local government: nobody of them gets in without one.",
    )
    op.create_table(
        "pemda_recovery_code",
        sa.Column("user_id", KEY, autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("used_at", MOMENT),
        sa.ForeignKeyConstraint(["user_id"], ["pemda_factor.user_id"], name=op.f("fk_pemda_recovery_code_user_id")),
        sa.PrimaryKeyConstraint("user_id", "hash", name=op.f("pk_pemda_recovery_code")),
        comment="Each lets its person in once, where the device with the codes is lost.",
    )
