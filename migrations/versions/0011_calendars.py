"""Working times as numbered editions."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")
OPEN = "state in ('running', 'paused')"
PERPRES = "Perpres 21/2023"
OFFICE_WEEK = [*["07:30-12:00 13:00-16:00"] * 4, "07:30-11:30 13:00-16:30", "", ""]
RAMADAN_WEEK = [*["08:00-12:00 12:30-15:00"] * 4, "08:00-11:30 12:30-15:30", "", ""]
SERVICES = {
    "petugas-helpdesk": "helpdesk",
    "petugas-kedatangan": "helpdesk",
    "petugas-rumah-ramah": "shelter",
    "petugas-penjaga-shift": "shelter",
    "petugas-keamanan": "shelter",
}
"""Posts of services that work in shifts. No times are moved: until somebody gives a service its week, it keeps its office's."""


def upgrade() -> None:
    """Make editions; what was known of days off, Ramadan and offices with hours of their own becomes the first one."""
    op.create_table(
        "calendar_edition",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("decree", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", KEY),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name=op.f("fk_calendar_edition_made_by")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_calendar_edition")),
        comment="The newest is in force. Without made_by the program itself made it: at the first start, or out of older tables.",
    )
    guard("calendar_edition")
    service = sa.Column(
        "service",
        sa.String(60),
        nullable=False,
        server_default="",
        comment="whose working times it keeps; empty: the office's",
    )
    op.add_column("post", service)
    known = sa.table("post", sa.column("code", sa.Text), sa.column("service", sa.Text))
    for code, of in SERVICES.items():
        op.execute(known.update().where(known.c.code == code).values(service=of))
    told = sa.text(OPEN)
    op.create_index("ix_clock_edition", "clock", ["edition", "id"], sqlite_where=told, postgresql_where=told)
    _first_edition()
    op.drop_table("calendar_day")
    op.drop_table("season")
    op.drop_column("office", "pattern")


def _first_edition() -> None:
    """Nothing in an empty database, which is given its calendar at the first start."""
    connection = op.get_bind()
    days = connection.execute(sa.text("select day, office, kind, title, basis from calendar_day")).all()
    spans = connection.execute(sa.text("select first_on, last_on from season where name = 'Ramadan'")).all()
    offices = connection.execute(sa.text("select code, pattern from office order by code")).all()
    if not (days or spans or offices):
        return
    ramadan = [(_day(first), _day(last)) for first, last in spans]
    weeks = [_rule("Jam kerja instansi pemerintah", OFFICE_WEEK, basis=PERPRES)]
    weeks += [_rule("Ramadan", RAMADAN_WEEK, first=first, last=last, basis=PERPRES) for first, last in ramadan]
    for code, held in offices:
        weeks += _own(code, json.loads(held) if isinstance(held, str) else held, ramadan)
    content = {
        "days": sorted(
            (
                _filled(day=_day(day), kind=kind, title=title, basis=basis, office=office)
                for day, office, kind, title, basis in days
            ),
            key=lambda each: (each["day"], each.get("office", "")),
        ),
        "weeks": sorted(weeks, key=_place),
        "decreed": {},
    }
    written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    now = datetime.now(UTC)
    row: dict[str, Any] = {"number": 1, "content": written, "sha256": sha256(written.encode()).hexdigest()}
    row |= {"decree": "", "note": "Dipindahkan dari tabel hari libur, Ramadan dan pola kerja kantor sebelumnya."}
    row |= {"made_at": now if connection.dialect.name == "postgresql" else f"{now:%Y-%m-%d %H:%M:%S.%f}"}
    made = sa.table("calendar_edition", *(sa.column(name) for name in row))
    connection.execute(made.insert(), row)
    connection.execute(sa.text("update clock set edition = 1"))  # what was promised by then stays promised


def _own(code: str, pattern: dict[str, Any], ramadan: list[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """An office's own week held in Ramadan too; one that only stayed open on holidays kept the hours of Ramadan."""
    if not pattern:
        return
    closes = pattern.get("closes_on_holidays")
    yield _rule("Jam kerja kantor", pattern.get("week", OFFICE_WEEK), office=code, closes_on_holidays=closes)
    if "week" not in pattern:
        for first, last in ramadan:
            yield _rule("Ramadan", RAMADAN_WEEK, office=code, first=first, last=last, closes_on_holidays=closes)


def _rule(name: str, week: list[str], **more: Any) -> dict[str, Any]:
    return {"name": name, "week": [_times(each) for each in week], **_filled(**more)}


def _times(day: str) -> str:
    """As the book writes hours: two digits each."""
    spans = (span.split("-") for span in day.split())
    return " ".join("-".join(each.strip().zfill(5) for each in span) for span in spans)


def _filled(**said: Any) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value not in (None, "")}


def _place(rule: dict[str, Any]) -> tuple[str, str, str]:
    return rule.get("office", ""), rule.get("first", "0001-01-01"), rule.get("last", "9999-12-31")


def _day(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def guard(table: str) -> None:
    """Refuse every change to what has been written."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} only grows'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_only_grows()"
    )
