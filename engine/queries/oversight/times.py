"""How long steps waited and were worked on. Each is counted by itself, on the calendar of its office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, select

from engine.domain.deadline import time_left
from engine.queries.oversight.counting import DONE_AT, ended_in
from engine.queries.oversight.view import View
from engine.queries.reader import Reader
from engine.storage.tables import work_item

DURATIONS = 4_000
"""Steps of one SOP whose working time is counted, the latest: it is counted one by one."""


@dataclass(frozen=True, slots=True)
class Duration:
    """How long one step waited and was worked on, in working time of its office."""

    process: str
    element: str
    office: str
    waited: timedelta
    """From its opening until somebody took it, or did it without taking it first."""
    worked: timedelta | None
    """From then until it was done; None where nobody took it first."""


def durations(reader: Reader, view: View, *, most: int = DURATIONS) -> tuple[Duration, ...]:
    """How long the steps of a view waited and were worked on, of the latest that were done."""
    times = (work_item.c.opened_at, work_item.c.claimed_at, DONE_AT.label("ended"))
    found = (
        select(work_item.c.process, work_item.c.element, work_item.c.office, *times)
        .where(*ended_in(view))
        .order_by(work_item.c.closed_at.desc(), work_item.c.id.desc())
        .limit(most)
    )
    rows: Any = reader.connection.execute(found)
    return tuple(_duration(reader, row) for row in rows)


def _duration(reader: Reader, row: Row[Any]) -> Duration:
    calendar = reader.organisation.calendar(row.office)
    begun, ended = row.opened_at, max(row.ended, row.opened_at)
    taken = min(max(row.claimed_at, begun), ended) if row.claimed_at is not None else None
    waited = time_left(begun, taken or ended, calendar).working
    worked = time_left(taken, ended, calendar).working if taken is not None else None
    return Duration(row.process, row.element, row.office, waited, worked)
