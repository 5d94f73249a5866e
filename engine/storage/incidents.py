"""Incidents as rows: what went wrong in the program, where, and how often. They hold nothing that anybody typed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from engine.errors import NotFound
from engine.storage.tables import incident


@dataclass(frozen=True, slots=True)
class Incident:
    """One fault of the program that stopped a command; not a refusal."""

    number: int
    code: str
    case: int | None
    element: str
    event: str
    """The command, or `announcement 12`."""
    tries: int
    state: str


def record_incident(
    connection: Connection, *, code: str, case: int | None, element: str, event: str, place: str, at: datetime
) -> int:
    """Open an incident, or count one more try of an open one. Returns its number."""
    same = (incident.c.code == code) & (incident.c.event == event) & (incident.c.state == "open")
    same &= incident.c.element == element
    same &= incident.c.case_id.is_(None) if case is None else incident.c.case_id == case
    found = connection.execute(select(incident.c.id).where(same)).scalar()
    if found is not None:
        again = update(incident).where(incident.c.id == found)
        connection.execute(again.values(tries=incident.c.tries + 1, last_at=at, place=place))
        return int(found)
    row: dict[str, object] = {"code": code, "case_id": case, "element": element, "event": event, "place": place}
    row |= {"tries": 1, "state": "open", "opened_at": at, "last_at": at, "resolved_by": ""}
    return int(connection.execute(insert(incident).returning(incident.c.id), row).scalar_one())


def get_incident(connection: Connection, number: int) -> Incident:
    """Return one. Raises NotFound."""
    row = connection.execute(select(incident).where(incident.c.id == number).with_for_update()).first()
    if row is None:
        raise NotFound(what=f"incident {number}")
    return Incident(row.id, row.code, row.case_id, row.element, row.event, row.tries, row.state)


def resolve_incidents(connection: Connection, numbers: list[int], *, at: datetime, by: str) -> None:
    """Mark them as dealt with."""
    values = {"state": "resolved", "resolved_at": at, "resolved_by": by}
    connection.execute(update(incident).where(incident.c.id.in_(numbers), incident.c.state == "open").values(**values))


def open_incidents(connection: Connection, case: int) -> list[int]:
    """The open incidents of a case."""
    found = select(incident.c.id).where(incident.c.case_id == case, incident.c.state == "open")
    return list(connection.execute(found).scalars())
