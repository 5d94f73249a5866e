"""What is due by itself, of every kind, asked for in one round trip: timers, rungs of ladders, offers, deliveries.

Each question walks an index in the order of time and stops; none looks at a case in which nothing is due.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, bindparam, exists, func, literal_column, or_, select

from engine.storage.hot_path import ask
from engine.storage.tables import announcement, case, clock, handover, incident, timer
from engine.storage.waits import BETWEEN_TRIES, MOST_TRIES, DueTimer

_NOW: Final[ColumnElement[Any]] = bindparam("now")
_AT_ONCE: Final[ColumnElement[Any]] = literal_column("100")
"""Of each kind: who comes back looks again. Written out, so that a plan for any moment still knows how few are wanted."""


def _is(column: ColumnElement[Any], text: str) -> ColumnElement[bool]:
    """Written out and not bound, so that both databases see that a partial index applies."""
    return column == literal_column(f"'{text}'")


def _sick(held: ColumnElement[Any]) -> ColumnElement[bool]:
    """Passing time in the case has just failed, or three times: one sick case must not keep the others waiting."""
    mine = (incident.c.case_id == held) & _is(incident.c.state, "open") & _is(incident.c.event, "pass_time")
    return exists().where(mine, or_(incident.c.tries >= MOST_TRIES, incident.c.last_at > bindparam("tried")))


_RESTS = exists().where(case.c.id == timer.c.case_id, _is(case.c.state, "suspended"))
_BEFORE = exists().where(
    announcement.c.case_id == timer.c.case_id,
    _is(announcement.c.kind, "kept"),
    _is(announcement.c.state, "pending"),
    announcement.c.created_at < timer.c.due_at,
)
"""A message came before it while the case was suspended, and is delivered first."""
_TIMERS = (
    select(timer.c.id, timer.c.case_id, timer.c.release_id, timer.c.element, timer.c.due_at, timer.c.fired)
    .where(timer.c.due_at <= _NOW, ~_sick(timer.c.case_id), ~_RESTS, ~_BEFORE)
    .order_by(timer.c.due_at, timer.c.id)
    .limit(_AT_ONCE)
)
_RUNGS = (
    select(clock.c.id, clock.c.case_id, clock.c.next_at.label("due_at"))
    .where(_is(clock.c.state, "running"), clock.c.next_at <= _NOW, ~_sick(clock.c.case_id))
    .order_by(clock.c.next_at, clock.c.id)
    .limit(_AT_ONCE)
)
_OFFERS = (
    select(handover.c.id, handover.c.case_id, handover.c.until.label("due_at"))
    .where(_is(handover.c.state, "offered"), handover.c.until <= _NOW)
    .order_by(handover.c.until)
    .limit(_AT_ONCE)
)


def _next(column: ColumnElement[Any], *which: ColumnElement[bool]) -> Select[Any]:
    return select(func.min(column).label("at")).where(*which, column > _NOW)


_NEXT = (
    _next(timer.c.due_at),
    _next(clock.c.next_at, _is(clock.c.state, "running")),
    _next(handover.c.until, _is(handover.c.state, "offered")),
    _next(announcement.c.next_at, _is(announcement.c.state, "pending")),
)


def what_is_due(connection: Connection, now: datetime) -> tuple[DueTimer, ...]:
    """The timers, rungs and offers whose instant has come, of each kind the oldest first.

    Left out: cases in which passing time has just failed, timers of suspended cases, and those before which a message
    came that a case was suspended for.
    """
    given = {"now": now, "tried": now - BETWEEN_TRIES}
    timers, rungs, offers = ask(connection, (_TIMERS, given), (_RUNGS, given), (_OFFERS, given))
    return (
        *(DueTimer(row.id, row.case_id, row.release_id, row.element, row.due_at, row.fired) for row in timers),
        *(DueTimer(row.id, row.case_id, None, "", row.due_at) for row in (*rungs, *offers)),
    )


def when_next(connection: Connection, after: datetime) -> datetime | None:
    """When the next timer, rung, offer or delivery is due after this instant."""
    found = ask(connection, *((each, {"now": after}) for each in _NEXT))
    return min((row.at for (row,) in found if row.at is not None), default=None)
