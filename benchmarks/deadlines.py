"""How long a deadline takes to be reckoned, and why it is as it is to be told.

    python3 run.py bench deadlines [--tries 300]

A change of the calendar reckons every open deadline anew: a usual one has to take less than 50 microseconds, and ten
years no more than a few weeks do. The least of many short rounds is told: what is more, somebody else used.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from timeit import repeat

from engine.domain.calendar_book import CalendarBook
from engine.domain.deadline import Extension, Pause, due_at, explain, reckon
from engine.domain.release import Allowance, Clock

MONDAY = datetime(2026, 5, 4, 3, 0, tzinfo=UTC)
MOST = 50e-6
"""Seconds for one of the first four."""
ROUND = 20


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print. Returns 1 where a usual deadline takes longer than it may."""
    asked = argparse.ArgumentParser(prog="bench deadlines", description=__doc__.split("\n\n", maxsplit=1)[0])
    asked.add_argument("--tries", type=int, default=300)
    tries = asked.parse_args(words).tries
    took = {name: _least(act, tries) for name, act in _acts().items()}
    for name, seconds in took.items():
        print(f"{name:44} {seconds * 1e6:9.1f} µs")
    return 0 if max(list(took.values())[:4]) < MOST else 1


def _acts() -> dict[str, Callable[[], object]]:
    office = CalendarBook(1).calendar("Asia/Jakarta")
    three, hours, years = (
        Allowance(3, Clock.WORKING_DAYS),
        Allowance(4, Clock.WORKING_HOURS),
        Allowance(2400, Clock.WORKING_DAYS),
    )
    begun = MONDAY + timedelta(days=1)
    paused = [Pause(begun, begun + timedelta(hours=4), "applicant")]
    often = [Pause(begun + timedelta(days=n), begun + timedelta(days=n, hours=30)) for n in range(0, 60, 6)]
    more = [Extension(Allowance(30, Clock.WORKING_DAYS))]
    return {
        "3 working days": lambda: due_at(MONDAY, three, office),
        "3 working days, whole reckoning": lambda: reckon(MONDAY, three, office),
        "4 working hours": lambda: reckon(MONDAY, hours, office),
        "3 working days, paused once": lambda: reckon(MONDAY, three, office, pauses=paused),
        "60 working days, 30 more, 10 pauses": lambda: reckon(
            MONDAY, Allowance(60, Clock.WORKING_DAYS), office, pauses=often, extensions=more
        ),
        "2,400 working days": lambda: reckon(MONDAY, years, office),
        "why: 3 working days, paused once": lambda: explain(MONDAY, three, office, pauses=paused),
        "why: 2,400 working days": lambda: explain(MONDAY, years, office),
    }


def _least(act: Callable[[], object], tries: int) -> float:
    act()
    once = repeat(act, number=1, repeat=3)
    number = ROUND if min(once) < MOST * 4 else 1
    return min(repeat(act, number=number, repeat=tries)) / number


if __name__ == "__main__":
    sys.exit(main())
