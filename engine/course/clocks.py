"""When a release starts cases by itself. It reads what was drawn, on the calendar of the head office; it does not ask the time."""

from __future__ import annotations

from datetime import datetime

from engine.domain.deadline import due_at
from engine.process import Start, StartKind
from engine.storage import UnitOfWork
from engine.storage.waits import Counting
from engine.timing import Counted, Period, after, read_cycle, read_date, read_period


def set_start(work: UnitOfWork, release: int, start: Start) -> None:
    """Store when a timer start of a release just published fires for the first time; a date that is over never does."""
    if start.kind is not StartKind.TIMER:
        return
    kind, text = _drawn(start)
    if kind != "date":
        _set(
            work, release, start.element, read_period(text) if kind == "duration" else read_cycle(text).period, work.at
        )
    elif (due := read_date(text)) > work.at:
        work.waits.add_start_timer(release, start.element, due)


def set_next_start(work: UnitOfWork, release: int, start: Start, last: datetime, fired: int) -> None:
    """Store when it fires again after having fired so often, counted from the last instant; nothing where it does not."""
    kind, text = _drawn(start)
    if kind != "cycle":
        return
    count, period, _ = read_cycle(text)
    if count is None or fired < count:
        _set(work, release, start.element, period, last, fired)


def _drawn(start: Start) -> tuple[str, str]:
    kind, text = start.timer or ("", "")
    return kind, text.removeprefix("=").strip()


def _set(work: UnitOfWork, release: int, element: str, period: Period, since: datetime, fired: int = 0) -> None:
    due = after(period, since)
    if not isinstance(due, Counted):
        work.waits.add_start_timer(release, element, due, fired)
        return
    head, known = work.organisation.head, work.organisation
    counted = Counting(due.since, due.allowance, head, edition=known.edition)
    work.waits.add_start_timer(
        release, element, due_at(due.since, due.allowance, known.calendar(head)), fired, counted=counted
    )
