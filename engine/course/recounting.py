"""Open deadlines and timers of a case fall where the newest edition of the calendar says. Done by the worker, piece by piece.

Each row says by which edition it was counted, so that nothing is lost or done twice, whatever restarts there are. A
timer that was due before the edition was made keeps its instant: what it decides has been decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from engine.course.ticking import Moved, recount
from engine.domain.case import Case
from engine.domain.deadline import due_at
from engine.storage import UnitOfWork
from engine.storage.calendars import Edition, edition_of
from engine.storage.waits import CountedTimer


class MovedTimer(NamedTuple):
    """A timer that a changed calendar moved."""

    element: str
    before: datetime
    after: datetime

    @property
    def told(self) -> list[str]:
        """As an audit record keeps it."""
        return [self.element, *(each.astimezone(UTC).isoformat() for each in (self.before, self.after))]


def recount_clocks(work: UnitOfWork, case: Case) -> tuple[tuple[Moved, ...], int]:
    """Count the open clocks of a held case anew that an older edition counted. Returns which moved, and that edition."""
    older = [each for each in work.clocks.of(case.id) if each.going and each.edition < work.organisation.edition]
    if not older:
        return (), work.organisation.edition
    return recount(work, case, older), min(each.edition for each in older)


def recount_timers(work: UnitOfWork, timers: Iterable[CountedTimer]) -> tuple[MovedTimer, ...]:
    """Count timers anew that an older edition counted. Returns which moved."""
    newest = newest_edition(work)
    moved = []
    for each in timers:
        due = _due(work, each) if each.due_at > newest.made_at else each.due_at
        counted = replace(each.counted, edition=newest.number)
        work.waits.move_timer(each.number, due, counted)
        if due != each.due_at:
            moved.append(MovedTimer(each.element, each.due_at, due))
    return tuple(moved)


def newest_edition(work: UnitOfWork) -> Edition:
    """The edition in force, with the decree that it rests on. Raises NotFound before there is any."""
    return edition_of(work.connection, work.organisation.edition)


def _due(work: UnitOfWork, one: CountedTimer) -> datetime:
    how = one.counted
    return due_at(how.since, how.allowance, work.organisation.calendar(how.office, how.service))
