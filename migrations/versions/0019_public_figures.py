"""The figures that are published for everybody, in editions that never change."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")
TABLE = "figure_edition"
STEWARDS = ("walidata", "kepala-pusdatin")


def upgrade() -> None:
    """Make the table, and refuse every change to what was published."""
    op.create_table(
        TABLE,
        sa.Column("id", KEY, nullable=False),
        sa.Column("dataset", sa.String(40), nullable=False),
        sa.Column("period", sa.String(7), nullable=False, comment="2026-10, or 2026 of a year"),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("csv", sa.Text(), nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False, comment="of the CSV file"),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Text(),
            nullable=False,
            comment="why it stands in for the edition before; empty of a first one",
        ),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("published_at", MOMENT),
        sa.Column("published_by", KEY),
        sa.CheckConstraint("state in ('prepared', 'published')", name=op.f("ck_figure_edition_state")),
        sa.ForeignKeyConstraint(["published_by"], ["officer.id"], name=op.f("fk_figure_edition_published_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_edition")),
        sa.UniqueConstraint("dataset", "period", "edition", name=op.f("uq_figure_edition_dataset_period_edition")),
        comment="A published row never changes: the database itself refuses it.",
    )
    op.create_index("ix_figure_edition_state_period", TABLE, ["state", "period"])
    _guard()
    _let_stewards_publish()


def _let_stewards_publish() -> None:
    connection = op.get_bind()
    for code in STEWARDS:
        text = connection.execute(sa.text("select powers from post where code = :code"), {"code": code}).scalar()
        if text is not None:
            powers = json.dumps(sorted({*json.loads(text), "figures"}), separators=(",", ":"))
            connection.execute(
                sa.text("update post set powers = :powers where code = :code"), {"code": code, "powers": powers}
            )


def _guard() -> None:
    """Refuse to change or take away what was published."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} WHEN OLD.state = 'published' "
                f"BEGIN SELECT RAISE(ABORT, 'what was published stays'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {TABLE}_stays() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'what was published stays'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {TABLE}_kept BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW "
        f"WHEN (OLD.state = 'published') EXECUTE FUNCTION {TABLE}_stays()"
    )
