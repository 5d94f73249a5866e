"""A succession: the calendars of the offices that had a matter one after the other. What was used up stays used up.

It is asked like one calendar. Hours count by whoever had the matter in that hour. A day is judged by whoever had it at
the end of that day, so that five working days stay five working days, and end when the last office closes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from engine.domain.calendar import DAY, Calendar


@dataclass(frozen=True, slots=True)
class Move:
    """From this moment on another calendar counts: another office has the matter, or it works otherwise."""

    at: datetime
    calendar: Calendar
    name: str = ""
    """What the office is called, for whoever asks why."""


@dataclass(frozen=True, slots=True)
class Succession:
    """Calendars in order, each from its moment on; the first from ever."""

    first: Calendar
    later: tuple[Move, ...]

    @classmethod
    def of(cls, first: Calendar, moves: Iterable[Move]) -> Succession:
        """Put the moves in order; of several at one moment, the last counts."""
        return cls(first, tuple(sorted(moves, key=lambda each: each.at)))

    def local(self, moment: datetime, /) -> datetime:
        """Tell the moment on the clock of the office that has the matter then."""
        return self._at(moment).local(moment)

    def on(self, day: date, /) -> Calendar:
        """The calendar of whoever has the matter at the end of this day."""
        held = (each.calendar for each in reversed(self.later) if each.at < each.calendar.moment(day, DAY))
        return next(held, self.first)

    def working_between(self, first: datetime, last: datetime, /) -> timedelta:
        """Working time between two moments, the first not after the second."""
        return sum(
            (each.working_between(each.local(begins), each.local(min(ends, last) if ends else last))
             for each, begins, ends in self._from(first) if begins <= last),
            timedelta(0),
        )  # fmt: skip

    def working_after(self, first: datetime, wanted: timedelta, /, *, reach: int) -> datetime | None:
        """The earliest moment by which so much working time has passed; None where that is not within `reach` days."""
        for each, begins, ends in self._from(first):
            here = each.local(begins)
            found = each.working_after(here, wanted, reach=reach)
            if ends is None or (found is not None and found <= ends):
                return found
            wanted -= each.working_between(here, each.local(ends))
        return None

    def working_day_after(self, day: date, wanted: int, /, *, reach: int) -> date | None:
        """The n-th working day after this one; None where that is not within `reach` days."""
        later = (day + timedelta(days=each) for each in range(1, reach + 1))
        working = (each for each in later if self.on(each).is_working_day(each))
        return next(islice(working, wanted - 1, None), None)

    def _at(self, moment: datetime) -> Calendar:
        return next((each.calendar for each in reversed(self.later) if each.at <= moment), self.first)

    def _from(self, first: datetime) -> Iterator[tuple[Calendar, datetime, datetime | None]]:
        """Each calendar with the span in which it counts, from a moment on."""
        starts = [(first, self._at(first)), *((each.at, each.calendar) for each in self.later if each.at > first)]
        for (begins, calendar), following in zip(starts, [*starts[1:], None], strict=True):
            yield calendar, begins, following[0] if following else None
