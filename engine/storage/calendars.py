"""Editions of the calendar book as rows: the newest is in force, and each can be read again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, func, insert, literal, or_, select

from engine.domain.calendar_book import CalendarBook
from engine.errors import NotFound
from engine.storage.clocks import OPEN
from engine.storage.counters import count_up
from engine.storage.organisation import VERSION
from engine.storage.tables import calendar_edition, clock, timer


@dataclass(frozen=True, slots=True)
class Edition:
    """How one edition came about; what it says is its book."""

    number: int
    """Counted from 1."""
    decree: str
    note: str
    made_at: datetime
    made_by: int | None

    @property
    def why(self) -> str:
        """The decree that it rests on, or what was said of it instead."""
        return self.decree or self.note


def edition_of(connection: Connection, number: int) -> Edition:
    """How an edition came about, whichever. Raises NotFound."""
    its = calendar_edition.c
    row = _row(connection, number, its.number, its.decree, its.note, its.made_at, its.made_by)
    return Edition(row.number, row.decree, row.note, row.made_at, row.made_by)


def book_of(connection: Connection, number: int) -> CalendarBook:
    """Read an edition again, whichever. Raises NotFound."""
    row = _row(connection, number, calendar_edition.c.content)
    return CalendarBook.from_json(row.content, number)


def _row(connection: Connection, number: int, *columns: Column[Any]) -> Row[Any]:
    row = connection.execute(select(*columns).where(calendar_edition.c.number == number)).first()
    if row is None:
        raise NotFound(what=f"edition {number} of the calendar")
    return row


def outdated(
    connection: Connection, *, but: Collection[int] = (), limit: int = 100
) -> tuple[tuple[int | None, int], ...]:
    """What an older edition counted and the newest has not yet: cases by their rows, and start timers of releases.

    Pairs of a case or None, and the timer's row where there is no case. `but` leaves out cases in which that failed.
    """
    newest = select(func.max(calendar_edition.c.number)).scalar_subquery()
    of_clocks = select(clock.c.case_id, literal(0)).where(OPEN, clock.c.edition < newest)
    of_timers = select(timer.c.case_id, timer.c.id).where(timer.c.edition.is_not(None), timer.c.edition < newest)
    if but:
        of_clocks = of_clocks.where(clock.c.case_id.not_in(sorted(but)))
        of_timers = of_timers.where(or_(timer.c.case_id.is_(None), timer.c.case_id.not_in(sorted(but))))
    found = [
        *connection.execute(of_clocks.order_by(clock.c.edition, clock.c.id).limit(limit)),
        *connection.execute(of_timers.order_by(timer.c.edition, timer.c.id).limit(limit)),
    ]
    return tuple(dict.fromkeys((case, 0 if case else number) for case, number in found))


def add_edition(
    connection: Connection, book: CalendarBook, *, decree: str, note: str, by: int | None, at: datetime
) -> None:
    """Put an edition in force; its number is the book's."""
    row = {"number": book.number, "content": book.to_json(), "sha256": book.sha256, "decree": decree, "note": note}
    connection.execute(insert(calendar_edition), {**row, "made_at": at, "made_by": by})
    count_up(connection, VERSION)
