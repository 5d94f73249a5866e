"""What has gone wrong or waits too long: incidents, timers and deliveries. A case is named by its number, and opened by nobody here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select

from engine.domain.organisation import Officer
from engine.queries.house.administering import expect_administrator
from engine.queries.pages import LENGTH, Page, cut, number_alone
from engine.queries.reader import Reader
from engine.storage.tables import announcement, case, incident, release
from engine.storage.tables import timer as timers


@dataclass(frozen=True, slots=True)
class Trouble:
    """One incident: what, where, how often; and whether the reader's offices take part in its case."""

    number: int
    code: str
    case: str
    """The number of the case; empty where it belongs to none."""
    title: str
    """The procedure of the case."""
    office: str
    element: str
    event: str
    place: str
    tries: int
    state: str
    opened_at: datetime
    last_at: datetime
    resolved_at: datetime | None
    resolved_by: str


@dataclass(frozen=True, slots=True)
class Undelivered:
    """One thing that should have left the house, and has not yet or never will by itself."""

    number: int
    case: str
    office: str
    kind: str
    name: str
    element: str
    failed: bool
    tries: int
    created_at: datetime
    next_at: datetime


@dataclass(frozen=True, slots=True)
class LateTimer:
    """One timer that should have fired."""

    case: str
    office: str
    element: str
    due_at: datetime


def incidents(
    reader: Reader, officer: Officer, *, state: str = "open", after: str | None = None, length: int = LENGTH
) -> Page[Trouble]:
    """One page of incidents, the newest first. Raises NotYours without the power to administer, and NotAPage."""
    expect_administrator(reader, officer)
    found = (
        select(incident, case.c.number.label("case_number"), case.c.office, release.c.title)
        .outerjoin(case, case.c.id == incident.c.case_id)
        .outerjoin(release, release.c.id == case.c.release_id)
        .where(incident.c.state == state)
        .order_by(incident.c.id.desc())
        .limit(length + 1)
    )
    if after:
        found = found.where(incident.c.id < number_alone(after))
    return cut(list(reader.connection.execute(found)), length, _trouble, lambda row: (row.id,))


def late_timers(reader: Reader, officer: Officer, limit: int = 50) -> tuple[LateTimer, ...]:
    """The timers that should have fired by now, the oldest first. Raises NotYours."""
    expect_administrator(reader, officer)
    found = (
        select(timers.c.element, timers.c.due_at, case.c.number, case.c.office)
        .outerjoin(case, case.c.id == timers.c.case_id)
        .where(timers.c.due_at <= reader.at)
        .order_by(timers.c.due_at, timers.c.id)
        .limit(limit)
    )
    return tuple(
        LateTimer(row.number or "", row.office or "", row.element, row.due_at)
        for row in reader.connection.execute(found)
    )


def undelivered(reader: Reader, officer: Officer, limit: int = 50) -> tuple[Undelivered, ...]:
    """What waits to be delivered or was given up, the latter first. What it says is not told. Raises NotYours."""
    expect_administrator(reader, officer)
    found = (
        select(announcement, case.c.number, case.c.office)
        .join(case, case.c.id == announcement.c.case_id)
        .where(announcement.c.state.in_(["pending", "failed"]))
        .order_by(announcement.c.state, announcement.c.next_at, announcement.c.id)
        .limit(limit)
    )
    return tuple(
        Undelivered(
            row.id,
            row.number,
            row.office,
            row.kind,
            row.name,
            row.element,
            row.state == "failed",
            row.tries,
            row.created_at,
            row.next_at,
        )
        for row in reader.connection.execute(found)
    )


def _trouble(row: Row[tuple[object, ...]]) -> Trouble:
    given = row._mapping  # noqa: SLF001 - the public name of a row's columns
    same = ("code", "element", "event", "place", "tries", "state", "opened_at", "last_at", "resolved_at", "resolved_by")
    return Trouble(
        number=given["id"],
        case=given["case_number"] or "",
        title=given["title"] or "",
        office=given["office"] or "",
        **{name: given[name] for name in same},
    )
