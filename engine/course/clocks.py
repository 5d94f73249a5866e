"""When a release starts cases by itself. It reads what was drawn; it does not ask the time."""

from __future__ import annotations

from datetime import datetime

from engine.process import Start
from engine.timing import read_cycle, read_date, read_duration


def first_due(start: Start, at: datetime) -> datetime | None:
    """When a timer start fires for the first time after publication; None for a date that is over."""
    kind, text = start.timer or ("", "")
    if kind == "date":
        due = read_date(text)
        return due if due > at else None
    return (read_duration(text) if kind == "duration" else read_cycle(text).period).after(at)


def next_due(start: Start, last: datetime, fired: int) -> datetime | None:
    """When it fires again after having fired so often; None where it does not."""
    kind, text = start.timer or ("", "")
    if kind != "cycle":
        return None
    count, period, _ = read_cycle(text)
    return None if count is not None and fired >= count else period.after(last)
