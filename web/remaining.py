"""How long something still has, in the words of an office. It counts nothing itself: the engine's deadlines do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.domain.deadline import Reason, TimeLeft
from engine.domain.release import Allowance, Clock
from engine.domain.work_item import WorkItem, WorkItemState
from web.language import gettext, ngettext, say_finding

SOON = timedelta(hours=4)
"""So little is due soon, on the clock that counts."""
HOUR = 60
RUNNING_DAY = 24 * HOUR
WORKING_DAY = 450
"""Minutes: Perpres 21/2023 has 37 h 30 in five days."""


@dataclass(frozen=True, slots=True)
class Remaining:
    """What stands beside a work item: a state for the sign and the colour, and the words."""

    state: str
    """`late`, `soon`, `on-time`, `none` or `done`."""
    words: str
    due: datetime | None = None


_RUNNING = frozenset({Clock.RUNNING_HOURS, Clock.CALENDAR_DAYS, Clock.MONTHS})
"""Clocks that nights and holidays count on."""


def remaining(left: TimeLeft | None, due: datetime | None, clock: Clock | None = None) -> Remaining:
    """Say what is left until `due`, on the clock of the allowance, or in working time where it is not known."""
    if left is None or due is None:
        return Remaining("none", gettext("no due date"))
    running = clock in _RUNNING or left.working == left.running or not left.working
    counted = left.running if running else left.working
    amount = _amount(counted, running=running)
    if left.late:
        return Remaining("late", gettext("late by %(amount)s", amount=amount), due)
    return Remaining("soon" if counted <= SOON else "on-time", gettext("%(amount)s left", amount=amount), due)


def finished(item: WorkItem, closed: datetime) -> Remaining:
    """Say whether an item that is over was done in time, or that nobody had to do it any more."""
    due = item.due_at
    if item.state is WorkItemState.EXITED:
        return Remaining("done", gettext("not needed any more"))
    if due is None:
        return Remaining("done", gettext("done"))
    if closed <= due:
        return Remaining("done", gettext("done in time"), due)
    return Remaining("late", gettext("done late"), due)


def _amount(span: timedelta, *, running: bool) -> str:
    minutes = int(abs(span).total_seconds() // 60)
    if minutes >= (RUNNING_DAY if running else WORKING_DAY):
        return _days(round(minutes / (RUNNING_DAY if running else WORKING_DAY)), running=running)
    if minutes >= HOUR:
        return _hours(minutes // HOUR, running=running)
    if minutes < 1:
        return gettext("less than a minute")
    return ngettext("%(num)s minute", "%(num)s minutes", minutes)


def _days(days: int, *, running: bool) -> str:
    if running:
        return ngettext("%(num)s day", "%(num)s days", days)
    return ngettext("%(num)s working day", "%(num)s working days", days)


def _hours(hours: int, *, running: bool) -> str:
    if running:
        return ngettext("%(num)s hour", "%(num)s hours", hours)
    return ngettext("%(num)s working hour", "%(num)s working hours", hours)


def allowance_words(allowance: Allowance | None) -> str:
    """`4 jam kerja`: an allowance as the SOP sheet writes it; empty where none is set."""
    if allowance is None:
        return ""
    whole = allowance.amount == int(allowance.amount)
    amount, number = (int(allowance.amount), int(allowance.amount)) if whole else (allowance.amount, 2)
    match allowance.clock:
        case Clock.RUNNING_HOURS:
            return ngettext("%(amount)s hour", "%(amount)s hours", number, amount=amount)
        case Clock.WORKING_HOURS:
            return ngettext("%(amount)s working hour", "%(amount)s working hours", number, amount=amount)
        case Clock.WORKING_DAYS:
            return ngettext("%(amount)s working day", "%(amount)s working days", number, amount=amount)
        case Clock.CALENDAR_DAYS:
            return ngettext("%(amount)s calendar day", "%(amount)s calendar days", number, amount=amount)
        case Clock.MONTHS:
            return ngettext("%(amount)s month", "%(amount)s months", number, amount=amount)


def reasons(given: Iterable[Reason]) -> list[str]:
    """Why a due date is when it is, line by line, in the reader's words."""
    return [say_finding(each.message, each.facts) for each in given]
