"""What a changed calendar costs: the preview before it, and moving every open deadline after it.

    python3 run.py bench recounting [--cases 2000] [--turns 5]

Each case has a step and a promise of several working days; one more day off moves both. Counted beside the bare
transactions: the same statements with nothing else, on a copy.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from time import perf_counter
from typing import Any

from benchmarks.designs import Floor, Said, recorded
from benchmarks.durable_step import MACHINE
from benchmarks.houses import Place, furnish, open_engine, postgresql, sqlite
from benchmarks.procedures import MONDAY
from engine import Engine, Receipt, change_calendar, open_case, publish_release
from engine.domain.calendar import CalendarDay, DayKind
from engine.domain.calendar_book import CalendarBook
from engine.domain.release import Activity, Allowance, Clock, Performer, Release, ReleaseState, Timing
from engine.queries.calendars import preview_for_the_house
from engine.worker.recounting import Recounting

OFF = CalendarDay(MONDAY.date() + timedelta(days=1), DayKind.JOINT_LEAVE, "Cuti bersama contoh", "SKB contoh")
DRAWN = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:lajur:bench">
<process id="timed" isExecutable="true"><startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="t"/>
<userTask id="t"/><sequenceFlow id="f2" sourceRef="t" targetRef="e"/><endEvent id="e"/></process></definitions>"""


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print."""
    asked = argparse.ArgumentParser(prog="bench recounting", description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    asked.add_argument("--cases", type=int, default=2_000, help="open cases, each with two deadlines that move")
    asked.add_argument("--turns", type=int, default=5, help="previews taken, of which the middle one is told")
    given = asked.parse_args(words)
    with ExitStack() as stack:
        for place in (stack.enter_context(sqlite()), stack.enter_context(postgresql())):
            print(f"{place.name}: {given.cases:,} cases, {2 * given.cases:,} deadlines")
            _measure(place, given.cases, given.turns)
    return 0


def _measure(place: Place, cases: int, turns: int) -> None:
    url = place.fresh()
    engine = open_engine(url, MACHINE, create=True)
    furnish(engine)
    _open(engine, cases)
    book = _another_day_off(engine)
    print(f"  {'the preview: its figures and first page':<42} {_previewed(engine, book, turns):>7.0f} ms")
    engine.perform(change_calendar, book, decree="SKB contoh", at=MONDAY)
    engine.close()
    copied = place.copy(url)
    engine = open_engine(url, MACHINE)
    said: list[Said] = []
    _listen(engine, said)
    floor = Floor(copied, said)
    moving, own, bare = Recounting(engine), 0.0, 0.0
    done = moved = 0
    while True:
        begun = perf_counter()
        moved = moving.work(MONDAY)
        own += perf_counter() - begun
        if not moved:
            break
        done += moved
        begun = perf_counter()
        while floor.done < len(said):
            floor.step()
        bare += perf_counter() - begun
    floor.close()
    engine.close()
    print(f"  {f'{done:,} cases moved, one worker':<42} {done / own:>7.0f} a second")
    print(f"  {'the bare transactions':<42} {done / bare:>7.0f} a second ({bare / own:.0%})")


def _another_day_off(engine: Engine) -> CalendarBook:
    with engine.reading(at=MONDAY) as reader:
        book = reader.organisation.book
    return replace(book, days=(*book.days, OFF))


def _previewed(engine: Engine, book: CalendarBook, turns: int) -> float:
    """Milliseconds of the middle one."""
    times = []
    for _ in range(turns):
        begun = perf_counter()
        with engine.reading(at=MONDAY) as reader:
            preview_for_the_house(reader, book)
        times.append((perf_counter() - begun) * 1000)
    return statistics.median(times)


def _listen(engine: Engine, said: list[Said]) -> None:
    """Write down what each command says to the database from now on."""
    perform = engine.perform

    def listened(*args: Any, **more: Any) -> Receipt:
        trips: Said = []
        with recorded(trips):
            done: Receipt = perform(*args, **more)
        said.append(trips)
        return done

    engine.perform = listened  # type: ignore[assignment] # the same, listened to


def _open(engine: Engine, cases: int) -> None:
    step = Activity("timed", "t", "Langkah", "userTask", performer=Performer("petugas"))
    step = replace(step, allowance=Allowance(3, Clock.WORKING_DAYS))
    timed = {"timed": Timing(promised=Allowance(5, Clock.WORKING_DAYS))}
    drawn = Release("timed", 1, "Timed", ReleaseState.IN_FORCE, {"timed": DRAWN}, {("timed", "t"): step}, "", MONDAY)
    engine.perform(publish_release, replace(drawn, timings=timed), at=MONDAY)
    for _ in range(cases):
        engine.perform(open_case, "timed", office="JATENG", officer="sri", at=MONDAY)


if __name__ == "__main__":
    raise SystemExit(main())
