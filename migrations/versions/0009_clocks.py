"""Clocks of cases, pauses and extensions."""

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")
OPEN = "state in ('running', 'paused')"
FAR = datetime(9999, 12, 31, tzinfo=UTC)
MANY = 500
HEADS = ("kepala-bp3mi", "direktur-pelindungan", "direktur-kepulangan")
"""The posts of the register that decide on extensions from now on; others get the power from whoever administers."""


def upgrade() -> None:
    """Make the ledger, and give each open step that has its time the clock that it would have had."""
    pauses = sa.Column(
        "pauses", sa.Integer(), nullable=False, server_default="0", comment="pauses that are open: mostly none"
    )
    op.add_column("case", pauses)
    _clocks()
    _pauses()
    _extensions()
    _begin()
    _let_heads_extend()


def _clocks() -> None:
    op.create_table(
        "clock",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("office", sa.String(40), nullable=False),
        sa.Column("service", sa.String(60), nullable=False),
        sa.Column("amount", sa.Float(), nullable=False),
        sa.Column("clock", sa.String(20), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("ladder", sa.Text()),
        sa.CheckConstraint("kind in ('step', 'procedure', 'stage', 'case', 'duty')", name=op.f("ck_clock_kind")),
        sa.CheckConstraint("state in ('running', 'paused', 'ended', 'withdrawn')", name=op.f("ck_clock_state")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_clock_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
        comment="One row for each clock of a case, open or over. Without a ladder of its own it climbs the usual one.",
    )
    _partial("uq_clock_open", "clock", ["case_id", "kind", "token", "code"], OPEN, unique=True)
    _partial("ix_clock_next", "clock", ["next_at", "id"], "state = 'running'")
    _partial("ix_clock_due", "clock", ["office", "due_at", "id"], OPEN)
    op.create_index("ix_clock_case_id", "clock", ["case_id"])
    op.create_table(
        "clock_turn",
        sa.Column("clock_id", KEY, nullable=False),
        sa.Column("begins_at", MOMENT, nullable=False),
        sa.Column("office", sa.String(40), nullable=False),
        sa.Column("service", sa.String(60), nullable=False),
        sa.ForeignKeyConstraint(["clock_id"], ["clock.id"], name=op.f("fk_clock_turn_clock_id")),
        sa.PrimaryKeyConstraint("clock_id", "begins_at", name=op.f("pk_clock_turn")),
        comment="Of clocks that went from one office to another only: from when on whose working time counts.",
    )


def _pauses() -> None:
    op.create_table(
        "pause",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("begins_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT),
        sa.Column("begun_by", KEY),
        sa.Column("ended_by", KEY),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("voided_at", MOMENT),
        sa.Column("voided_by", KEY),
        sa.Column("voided_why", sa.Text(), nullable=False),
        sa.Column("replaces_id", KEY),
        sa.CheckConstraint(
            "reason in ('applicant', 'other-agency', 'force-majeure', 'suspended')", name=op.f("ck_pause_reason")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_pause_case_id")),
        sa.ForeignKeyConstraint(["begun_by"], ["officer.id"], name=op.f("fk_pause_begun_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["officer.id"], name=op.f("fk_pause_ended_by")),
        sa.ForeignKeyConstraint(["voided_by"], ["officer.id"], name=op.f("fk_pause_voided_by")),
        sa.ForeignKeyConstraint(["replaces_id"], ["pause.id"], name=op.f("fk_pause_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
        comment="text and voided_why are encrypted like a person's field; whole: every clock of the case, later ones too",
    )
    op.create_index("ix_pause_case_id", "pause", ["case_id"])
    op.create_table(
        "pause_clock",
        sa.Column("pause_id", KEY, nullable=False),
        sa.Column("clock_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["pause_id"], ["pause.id"], name=op.f("fk_pause_clock_pause_id")),
        sa.ForeignKeyConstraint(["clock_id"], ["clock.id"], name=op.f("fk_pause_clock_clock_id")),
        sa.PrimaryKeyConstraint("pause_id", "clock_id", name=op.f("pk_pause_clock")),
    )
    op.create_index("ix_pause_clock_clock_id", "pause_clock", ["clock_id"])


def _extensions() -> None:
    op.create_table(
        "extension",
        sa.Column("id", KEY, nullable=False),
        sa.Column("clock_id", KEY, nullable=False),
        sa.Column("amount", sa.Float(), nullable=False),
        sa.Column("clock", sa.String(20), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", KEY, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("decided_by", KEY),
        sa.Column("decided_at", MOMENT),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("notice_id", KEY),
        sa.CheckConstraint("state in ('proposed', 'granted', 'declined')", name=op.f("ck_extension_state")),
        sa.ForeignKeyConstraint(["clock_id"], ["clock.id"], name=op.f("fk_extension_clock_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["officer.id"], name=op.f("fk_extension_asked_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["officer.id"], name=op.f("fk_extension_decided_by")),
        sa.ForeignKeyConstraint(["notice_id"], ["paper.id"], name=op.f("fk_extension_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
        comment="reason and answer are encrypted like a person's field",
    )
    op.create_index("ix_extension_clock_id", "extension", ["clock_id"])
    _partial("uq_extension_proposed", "extension", ["clock_id"], "state = 'proposed'", unique=True)
    op.create_table(
        "escalation",
        sa.Column("id", KEY, nullable=False),
        sa.Column("clock_id", KEY, nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("to_post", sa.String(60), nullable=False),
        sa.Column("to_officer", KEY),
        sa.ForeignKeyConstraint(["clock_id"], ["clock.id"], name=op.f("fk_escalation_clock_id")),
        sa.ForeignKeyConstraint(["to_officer"], ["officer.id"], name=op.f("fk_escalation_to_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
        sa.UniqueConstraint("clock_id", "rung", name=op.f("uq_escalation_clock_id_rung")),
        comment="What was done when a clock came to a rung of its ladder: once each, whatever restarts there were.",
    )


def _partial(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    told = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=told, postgresql_where=told)


def _begin() -> None:
    """Open steps keep the moment that they were promised. Nobody is told of them by a ladder that they did not have."""
    connection = op.get_bind()
    far = FAR if connection.dialect.name == "postgresql" else f"{FAR:%Y-%m-%d %H:%M:%S.%f}"
    items = sa.text(
        "select i.id, i.case_id, i.token, i.process, i.element, i.name, i.office, i.opened_at, i.due_at, c.release_id "
        'from work_item i join "case" c on c.id = i.case_id '
        "where i.state in ('ready', 'reserved') and i.due_at < :far and i.id > :after order by i.id limit :many"
    )
    known: dict[int, dict[tuple[str, str], dict[str, object]]] = {}
    made = sa.table("clock", *(sa.column(name) for name in _COLUMNS))
    after = 0
    while rows := connection.execute(items, {"far": far, "after": after, "many": MANY}).all():
        after = rows[-1].id
        clocks = [each for row in rows if (each := _clock(row, _allowances(connection, known, row.release_id), far))]
        if clocks:
            connection.execute(made.insert(), clocks)


_COLUMNS = (
    *("case_id", "kind", "token", "name", "code", "office", "service", "amount", "clock", "basis"),
    *("started_at", "due_at", "state", "edition", "rung", "next_at"),
)


def _allowances(
    connection: sa.Connection, known: dict[int, dict[tuple[str, str], dict[str, object]]], release: int
) -> dict[tuple[str, str], dict[str, object]]:
    if release not in known:
        text = connection.execute(sa.text("select activities from release where id = :id"), {"id": release}).scalar()
        rows = json.loads(text or "[]")
        known[release] = {
            (each["process"], each["element"]): each["allowance"] for each in rows if each.get("allowance")
        }
    return known[release]


def _clock(
    row: sa.Row[tuple[object, ...]], allowances: dict[tuple[str, str], dict[str, object]], far: object
) -> dict[str, object] | None:
    allowed = allowances.get((row.process, row.element))
    if allowed is None:
        return None
    values = ("step", row.token, row.name, f"{row.process}/{row.element}", row.office, "")
    time_ = (allowed["amount"], allowed["clock"], allowed.get("basis", ""), row.opened_at, row.due_at)
    return dict(zip(_COLUMNS, (row.case_id, *values, *time_, "running", 0, 0, far), strict=True))


def _let_heads_extend() -> None:
    connection = op.get_bind()
    for code in HEADS:
        text = connection.execute(sa.text("select powers from post where code = :code"), {"code": code}).scalar()
        if text is not None:
            powers = json.dumps(sorted({*json.loads(text), "extend"}), separators=(",", ":"))
            connection.execute(
                sa.text("update post set powers = :powers where code = :code"), {"code": code, "powers": powers}
            )
