"""A deadline: when an activity should be done, counted on the clock of its allowance in its office's working time.

It measures and never changes the flow: what changes the flow is a timer, drawn in the diagram.

This is the door to what counts: `engine.domain.counting` (how each clock counts), `engine.domain.reckoning` (pauses,
extensions, moves), `engine.domain.explaining` (why this date). What is decided stands in docs/decisions/0005-counting-time.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.domain.calendar import Calendar
from engine.domain.counting import REACH, base_at, check_allowance
from engine.domain.explaining import Reason, explain
from engine.domain.reckoning import Extension, Leg, Pause, Reckoning, reckon
from engine.domain.release import Allowance
from engine.domain.succession import Move

__all__ = [
    "REACH",
    "Extension",
    "Leg",
    "Move",
    "Pause",
    "Reason",
    "Reckoning",
    "TimeLeft",
    "check_allowance",
    "due_at",
    "explain",
    "reckon",
    "time_left",
]


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """What is left until a deadline; below zero, by how much it was missed."""

    working: timedelta
    """Counted while the office works."""
    running: timedelta
    """Counted on the wall clock."""

    @property
    def late(self) -> bool:
        """Whether the deadline has passed."""
        return self.running < timedelta(0)


def due_at(start: datetime, allowance: Allowance, calendar: Calendar) -> datetime:
    """The moment at which the allowance ends, on the office's clock, where nothing pauses it: the short form of `reckon`.

    Refused (NotValid) when the amount is not above zero, is a fraction of a day or a month, or reaches beyond ten years.
    """
    return base_at(calendar.local(start), allowance, calendar)


def time_left(now: datetime, due: datetime, calendar: Calendar) -> TimeLeft:
    """How long from now until the deadline, in working time and on the wall clock; negative once it is late."""
    now, due = calendar.local(now), calendar.local(due)
    running = due - now
    if running < timedelta(0):
        return TimeLeft(-calendar.working_between(due, now), running)
    return TimeLeft(calendar.working_between(now, due), running)
