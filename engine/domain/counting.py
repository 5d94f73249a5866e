"""How each clock counts: where an allowance ends, how much of a span counts, when enough has been counted.

It knows nothing of pauses and extensions: `engine.domain.reckoning` does.

How each clock counts is decided in docs/decisions/0005-counting-time.md:

- running hours: every hour, from the start to the same clock time (UU 27/2022 says *3 x 24 jam*);
- working hours: only while the office works; they end within working time;
- working days: the day of the start is not counted, and the allowance ends at close of business of the n-th working
  day after it, as *paling lama n hari kerja* is read (the term begins on the following day: UU 8/1981 art. 228);
- calendar days: the day of the start is not counted either, and the allowance ends with the n-th day, free or not;
- consecutive days: as calendar days, but a pause breaks the run;
- months: it ends with the day of the same number n months later, or with that month's last day.
"""

from __future__ import annotations

import math
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol

from engine.domain.calendar import Calendar
from engine.domain.release import Allowance, Clock
from engine.errors import NotValid

REACH: Final = 3_660
"""Days that a count may pass before it is refused: ten years."""
WORKING: Final = frozenset({Clock.WORKING_HOURS, Clock.WORKING_DAYS})
"""The clocks that stand still while the office does not work."""

_WHOLE: Final = frozenset({Clock.WORKING_DAYS, Clock.CALENDAR_DAYS, Clock.CONSECUTIVE_DAYS, Clock.MONTHS})
_MOST: Final = {
    Clock.RUNNING_HOURS: REACH * 24,
    Clock.WORKING_HOURS: REACH * 24,
    Clock.WORKING_DAYS: REACH,
    Clock.CALENDAR_DAYS: REACH,
    Clock.CONSECUTIVE_DAYS: REACH,
    Clock.MONTHS: 120,
}
_LAST_SECOND: Final = time(23, 59, 59)


class WorkingTime(Protocol):
    """What counting asks of a calendar, or of several that follow each other."""

    def local(self, moment: datetime, /) -> datetime:
        """Tell the moment on the office's clock."""

    def on(self, day: date, /) -> Calendar:
        """The calendar by which this day is judged."""

    def working_between(self, first: datetime, last: datetime, /) -> timedelta:
        """Working time between two moments."""

    def working_after(self, first: datetime, wanted: timedelta, /, *, reach: int) -> datetime | None:
        """When so much working time has passed; None where `reach` days do not do."""

    def working_day_after(self, day: date, wanted: int, /, *, reach: int) -> date | None:
        """The n-th working day after this one; None where `reach` days do not do."""


def check_allowance(allowance: Allowance) -> None:
    """Refuse (NotValid) an amount that is not above zero, is a fraction of a day or month, or reaches beyond ten years."""
    amount, clock = allowance.amount, allowance.clock
    if not math.isfinite(amount) or not 0 < amount <= _MOST[clock]:
        raise NotValid(what=f"an allowance in {clock}", wanted=f"above 0 and at most {_MOST[clock]}", found=amount)
    if clock in _WHOLE and amount != int(amount):
        raise NotValid(what=f"an allowance in {clock}", wanted="a whole number", found=amount)


def base_at(begun: datetime, allowance: Allowance, office: WorkingTime) -> datetime:
    """Where the allowance ends that began at a moment on the office's clock, if nothing interrupts it. Raises NotValid."""
    check_allowance(allowance)
    try:
        match allowance.clock:
            case Clock.RUNNING_HOURS:
                return office.local(begun + timedelta(hours=allowance.amount))
            case Clock.WORKING_HOURS:
                return reached(begun, timedelta(hours=allowance.amount), allowance.clock, office)
            case Clock.WORKING_DAYS:
                return _closing(working_day(begun.date(), int(allowance.amount), office), begun, office)
            case Clock.CALENDAR_DAYS | Clock.CONSECUTIVE_DAYS:
                return _end_of(begun.date() + timedelta(days=int(allowance.amount)), begun, office)
            case Clock.MONTHS:
                return _end_of(_months_later(begun.date(), int(allowance.amount)), begun, office)
    except (OverflowError, ValueError):
        raise _beyond(begun) from None


def counted(first: datetime, last: datetime, clock: Clock, office: WorkingTime) -> timedelta:
    """How much of the span between two moments on the office's clock this clock counts."""
    return office.working_between(first, last) if clock in WORKING else last - first


def reached(begun: datetime, wanted: timedelta, clock: Clock, office: WorkingTime) -> datetime:
    """The earliest moment at which this clock has counted so much: at closing, it is closing and not the next opening.

    Raises NotValid where that is more than ten years away.
    """
    if wanted <= timedelta(0):
        return begun
    try:
        if clock not in WORKING:
            return office.local(begun + wanted)
        found = office.working_after(begun, wanted, reach=REACH)
    except (OverflowError, ValueError):
        raise _beyond(begun) from None
    if found is None:
        raise _beyond(begun)
    return office.local(found)


def working_day(begun: date, wanted: int, office: WorkingTime) -> date:
    """The n-th working day after this day. Raises NotValid where that is more than ten years away."""
    found = office.working_day_after(begun, wanted, reach=REACH)
    if found is None:
        raise _beyond(begun)
    return found


def _beyond(begun: date) -> NotValid:
    return NotValid(what="an allowance", wanted="one that ends within ten years", found=f"open on {begun.isoformat()}")


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _closing(day: date, begun: datetime, office: WorkingTime) -> datetime:
    """Close of business; where offices follow each other that day, of the last that worked on it while it had the matter."""
    found = max(office.local(office.on(day).closing(day)), begun)
    if isinstance(office, Calendar):
        return found
    worked = office.working_between(begun, found)
    return reached(begun, worked, Clock.WORKING_DAYS, office) if worked else found


def _end_of(day: date, begun: datetime, office: WorkingTime) -> datetime:
    """The last second of the day, so that the date shown is the date meant."""
    return max(office.local(datetime.combine(day, _LAST_SECOND, office.on(day).tz)), begun)
