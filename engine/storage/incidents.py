"""Incidents as rows: what went wrong in the program, where, and how often. They hold nothing that anybody typed in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from engine.domain.clock import DEADLINE, CaseClock
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


class Overdue(NamedTuple):
    """An open incident that a ladder has opened, and the clock that climbed it."""

    number: int
    clock: int


_RUNG = re.compile(r"[a-z]+ (\d+), rung \d+")


def record_incident(
    connection: Connection,
    *,
    code: str,
    case: int | None,
    element: str,
    event: str,
    place: str,
    at: datetime,
    about: str = "",
) -> int:
    """Open an incident, or count one more try of an open one. Returns its number.

    `about`: the beginning of its place, where several that are otherwise alike are told apart by that.
    """
    same = (incident.c.code == code) & (incident.c.event == event) & (incident.c.state == "open")
    same &= incident.c.element == element
    same &= incident.c.case_id.is_(None) if case is None else incident.c.case_id == case
    if about:
        same &= incident.c.place.startswith(about, autoescape=True)
    found = connection.execute(select(incident.c.id).where(same)).scalar()
    if found is not None:
        again = update(incident).where(incident.c.id == found)
        connection.execute(again.values(tries=incident.c.tries + 1, last_at=at, place=place))
        return int(found)
    row: dict[str, object] = {"code": code, "case_id": case, "element": element, "event": event, "place": place}
    row |= {"tries": 1, "state": "open", "opened_at": at, "last_at": at, "resolved_by": ""}
    return int(connection.execute(insert(incident).returning(incident.c.id), row).scalar_one())


def get_incident(connection: Connection, number: int, *, hold: bool = True) -> Incident:
    """Return one. Raises NotFound.

    Hold its case first, and the incident after it: whoever ends what was late does it in that order.
    """
    found = select(incident).where(incident.c.id == number)
    row = connection.execute(found.with_for_update() if hold else found).first()
    if row is None:
        raise NotFound(what=f"incident {number}")
    return Incident(row.id, row.code, row.case_id, row.element, row.event, row.tries, row.state)


def resolve_incidents(connection: Connection, numbers: list[int], *, at: datetime, by: str) -> None:
    """Mark them as dealt with."""
    values = {"state": "resolved", "resolved_at": at, "resolved_by": by}
    connection.execute(update(incident).where(incident.c.id.in_(numbers), incident.c.state == "open").values(**values))


def open_incidents(connection: Connection, case: int) -> list[int]:
    """The open incidents of a case in which something failed: what is late is not done by trying anything again."""
    found = select(incident.c.id).where(incident.c.case_id == case, incident.c.state == "open")
    return list(connection.execute(found.where(incident.c.event != DEADLINE)).scalars())


def record_overdue(connection: Connection, one: CaseClock, at: datetime) -> None:
    """Open the incident of a clock that stands at such a rung of its ladder, or count one rung more. Each clock has its own."""
    about = f"{one.kind} {one.number},"
    record_incident(
        connection,
        code="Overdue",
        case=one.case,
        element=one.name,
        event=DEADLINE,
        place=f"{about} rung {one.rung + 1}",
        about=about,
        at=at,
    )


def open_overdue(connection: Connection, case: int) -> tuple[Overdue, ...]:
    """What ladders have opened in a case and nobody has laid aside, the first first."""
    mine = (incident.c.case_id == case) & (incident.c.state == "open") & (incident.c.event == DEADLINE)
    rows = connection.execute(select(incident.c.id, incident.c.place).where(mine).order_by(incident.c.id))
    found = [(row.id, _RUNG.fullmatch(row.place)) for row in rows]
    return tuple(Overdue(number, int(place[1])) for number, place in found if place)
