"""The lines to partners as rows, so that every process and the page know the same."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select, update

from engine.domain.partner_line import Line
from engine.storage.tables import partner_line
from engine.storage.upsert import add_missing


def read_line(connection: Connection, partner: str) -> Line:
    """How the line is; as good as new where nobody has called yet."""
    row = connection.execute(select(partner_line).where(partner_line.c.partner == partner)).first()
    return _line(row) if row else Line()


def hold_line(connection: Connection, partner: str) -> Line:
    """The same, held until this transaction ends; its row is made where there is none."""
    new = {"partner": partner, "failures": 0, "cursor": ""}
    connection.execute(add_missing(connection, partner_line), new)
    held = select(partner_line).where(partner_line.c.partner == partner).with_for_update()
    return _line(connection.execute(held).one())


def save_line(connection: Connection, partner: str, line: Line) -> None:
    """Write how a held line is now."""
    values = {
        "failures": line.failures,
        "opened_at": line.opened_at,
        "try_at": line.try_at,
        "answered_at": line.answered_at,
    }
    connection.execute(update(partner_line).where(partner_line.c.partner == partner).values(**values))


def _line(row: Any) -> Line:
    return Line(row.failures, row.opened_at, row.try_at, row.answered_at)
