"""Rungs as rows: which clocks have come to the next rung of their ladder, and what has been done at each rung, once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, literal_column, or_, select

from engine.domain.clock import CaseClock
from engine.storage.clocks import clock_of
from engine.storage.tables import clock, escalation, holding, officer

_RUNNING = clock.c.state == literal_column("'running'")
"""Written out and not bound, so that both databases see that the partial index applies."""


class Superior(NamedTuple):
    """Somebody who oversees an office, and the post that says so."""

    post: str
    officer: int


def clock_at_rung(connection: Connection, held: int, now: datetime) -> CaseClock | None:
    """The clock of a case that has stood at its next rung for longest."""
    mine = select(clock).where(clock.c.case_id == held, _RUNNING, clock.c.next_at <= now)
    row = connection.execute(mine.order_by(clock.c.next_at, clock.c.id).limit(1)).first()
    return None if row is None else clock_of(row)


def note_rung(connection: Connection, one: CaseClock, at: datetime, act: str, to: Superior | None) -> None:
    """Keep what was done when a clock came to its next rung. The table takes each rung once."""
    row = {"clock_id": one.number, "rung": one.rung, "at": at, "act": act}
    connection.execute(insert(escalation), row | {"to_post": to.post if to else "", "to_officer": to and to.officer})


def superiors(connection: Connection, office: str, posts: Collection[str], today: date) -> tuple[Superior, ...]:
    """Who holds one of these posts in an office today."""
    held = select(holding.c.post, holding.c.officer_id).join(officer, officer.c.id == holding.c.officer_id)
    held = held.where(holding.c.office == office, holding.c.post.in_(sorted(posts)), officer.c.active)
    held = held.where(holding.c.begins_on <= today, or_(holding.c.ends_on.is_(None), holding.c.ends_on >= today))
    rows = connection.execute(held.order_by(holding.c.post, holding.c.officer_id))
    return tuple(Superior(row.post, row.officer_id) for row in rows)
