"""How long something still has, in the words of an office. It counts nothing itself: the engine's deadlines do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import format_decimal, lazy_gettext

from engine.domain.clock import ClockKind
from engine.domain.deadline import Reason, TimeLeft
from engine.domain.release import Allowance, Clock
from engine.domain.work_item import WorkItem, WorkItemState
from web.language import gettext, hours_said, moment_there, ngettext, say_finding, weekday

SOON = timedelta(hours=4)
"""So little is due soon where no allowance says otherwise, on the clock that counts."""
SOON_PART = 4
"""The last quarter of an allowance is soon …"""
SOON_LEAST = timedelta(minutes=15)
"""… but never less than this …"""
HOUR = 60
RUNNING_DAY = 24 * HOUR
WORKING_DAY = 450
"""Minutes: Perpres 21/2023 has 37 h 30 in five days. More than one day is never soon."""
MONTH = 30
"""Days, roughly: no allowance in months is soon before its last day."""
FEW_DAYS = 3
"""Below so many days, the hours are said too; from there on whole days, never more than there are."""
KINDS = {
    ClockKind.CASE: lazy_gettext("The whole case"),
    ClockKind.DUTY: lazy_gettext("Duty under the law"),
    ClockKind.STAGE: lazy_gettext("Stage of the case"),
    ClockKind.PROCEDURE: lazy_gettext("Procedure within it"),
    ClockKind.STEP: lazy_gettext("Single step"),
}
"""What each of the clocks of a case measures."""


@dataclass(frozen=True, slots=True)
class Remaining:
    """What stands beside a work item: a state for the sign and the colour, and the words."""

    state: str
    """`late`, `soon`, `on-time`, `paused`, `none` or `done`."""
    words: str
    due: datetime | None = None


_RUNNING = frozenset({Clock.RUNNING_HOURS, Clock.CALENDAR_DAYS, Clock.CONSECUTIVE_DAYS, Clock.MONTHS})
"""Clocks that nights and holidays count on."""


def remaining(
    left: TimeLeft | None,
    due: datetime | None,
    counted_by: Allowance | Clock | None = None,
    *,
    kept: timedelta | None = None,
) -> Remaining:
    """Say what is left until `due`, on the clock of the allowance, or in working time where neither is known.

    Where that stands still, `kept` is what is left of it.
    """
    allowance = counted_by if isinstance(counted_by, Allowance) else None
    if due is None and allowance is not None:
        if kept is None:
            return Remaining("paused", gettext("stopped"))
        return Remaining("paused", gettext("stopped; %(amount)s left", amount=span_words(kept, allowance.clock)))
    if left is None or due is None:
        return Remaining("none", gettext("no due date"))
    clock = allowance.clock if allowance else counted_by
    running = clock in _RUNNING or left.working == left.running or not left.working
    counted = left.running if running else left.working
    amount = _amount(counted, running=running)
    if left.late:
        return Remaining("late", gettext("late by %(amount)s", amount=amount), due)
    return Remaining(
        "soon" if counted <= soon(allowance) else "on-time", gettext("%(amount)s left", amount=amount), due
    )


def soon(allowance: Allowance | None) -> timedelta:
    """How little of an allowance is soon: its last quarter, between a quarter of an hour and one day of its clock."""
    if allowance is None:
        return SOON
    day = WORKING_DAY if allowance.clock in {Clock.WORKING_HOURS, Clock.WORKING_DAYS} else RUNNING_DAY
    minutes = {
        Clock.RUNNING_HOURS: HOUR,
        Clock.WORKING_HOURS: HOUR,
        Clock.WORKING_DAYS: WORKING_DAY,
        Clock.CALENDAR_DAYS: RUNNING_DAY,
        Clock.CONSECUTIVE_DAYS: RUNNING_DAY,
        Clock.MONTHS: MONTH * RUNNING_DAY,
    }[allowance.clock]
    part = timedelta(minutes=float(allowance.amount) * minutes / SOON_PART)
    return min(max(part, SOON_LEAST), timedelta(minutes=day))


def finished(item: WorkItem) -> Remaining:
    """Say whether an item that is over was done in time, by when it really happened, or was not needed any more."""
    due, closed = item.due_at, item.done_at
    if item.state is WorkItemState.EXITED:
        return Remaining("done", gettext("not needed any more"))
    if due is None or closed is None:
        return Remaining("done", gettext("done"))
    if closed <= due:
        return Remaining("done", gettext("done in time"), due)
    return Remaining("late", gettext("done late"), due)


def span_words(span: timedelta, clock: Clock) -> str:
    """`2 hari kerja 3 jam`: a span as this clock counts it."""
    return _amount(span, running=clock in _RUNNING)


def _amount(span: timedelta, *, running: bool) -> str:
    minutes = int(abs(span).total_seconds() // 60)
    day = RUNNING_DAY if running else WORKING_DAY
    if minutes >= FEW_DAYS * day:
        return _days(minutes // day, running=running)
    if minutes >= day:
        return _both(_days(minutes // day, running=running), minutes % day // HOUR, _plain_hours)
    if minutes >= HOUR:
        return _both(_hours(minutes // HOUR, running=running), minutes % HOUR, _minutes)
    return _minutes(minutes) if minutes else gettext("less than a minute")


def _both(greater: str, lesser: int, words: Callable[[int], str]) -> str:
    return f"{greater} {words(lesser)}" if lesser else greater


def _plain_hours(hours: int) -> str:
    return ngettext("%(num)s hour", "%(num)s hours", hours)


def _minutes(minutes: int) -> str:
    return ngettext("%(num)s minute", "%(num)s minutes", minutes)


def _days(days: int, *, running: bool) -> str:
    if running:
        return ngettext("%(num)s day", "%(num)s days", days)
    return ngettext("%(num)s working day", "%(num)s working days", days)


def _hours(hours: int, *, running: bool) -> str:
    if running:
        return ngettext("%(num)s hour", "%(num)s hours", hours)
    return ngettext("%(num)s working hour", "%(num)s working hours", hours)


def allowance_words(allowance: Allowance | None) -> str:  # noqa: PLR0911 - one for each clock
    """`4 jam kerja`, and `10 menit kerja` where hours are no round number, as the SOP sheet writes it; empty where none is set."""
    if allowance is None:
        return ""
    if minutes := allowance.in_minutes:
        if allowance.clock is Clock.RUNNING_HOURS:
            return _minutes(minutes)
        return ngettext("%(num)s working minute", "%(num)s working minutes", minutes)
    number = int(allowance.amount) if allowance.amount == int(allowance.amount) else 2
    amount = format_decimal(allowance.amount)
    match allowance.clock:
        case Clock.RUNNING_HOURS:
            return ngettext("%(amount)s hour", "%(amount)s hours", number, amount=amount)
        case Clock.WORKING_HOURS:
            return ngettext("%(amount)s working hour", "%(amount)s working hours", number, amount=amount)
        case Clock.WORKING_DAYS:
            return ngettext("%(amount)s working day", "%(amount)s working days", number, amount=amount)
        case Clock.CALENDAR_DAYS:
            return ngettext("%(amount)s calendar day", "%(amount)s calendar days", number, amount=amount)
        case Clock.CONSECUTIVE_DAYS:
            return ngettext("%(amount)s consecutive day", "%(amount)s consecutive days", number, amount=amount)
        case Clock.MONTHS:
            return ngettext("%(amount)s month", "%(amount)s months", number, amount=amount)


def reasons(given: Iterable[Reason]) -> list[str]:
    """Why a due date is when it is, line by line, in the reader's words and on the office's clock."""
    return [_reason(each) for each in given]


def _reason(line: Reason) -> str:
    return say_finding(line.message, {name: _fact(name, value) for name, value in line.facts.items()})


def _fact(name: str, value: object) -> object:
    if isinstance(value, Reason):
        return _reason(value)
    if isinstance(value, datetime):
        return moment_there(value)
    if isinstance(value, date):
        return weekday(value)
    return hours_said(value) if name == "spans" and isinstance(value, str) else value
