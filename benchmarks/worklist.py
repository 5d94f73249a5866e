"""How long the lists of work take where much waits and far more is done.

    python3 run.py bench worklist [--database sqlite|postgresql|both] [--open 5000] [--done 100000] [--tries 60]

An office may have 5,000 open items and an officer several posts; the page has to be there in a third of a second, so the
query alone may take a tenth of that.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from time import perf_counter
from typing import Any

from sqlalchemy import insert, select

from benchmarks.durable_step import MACHINE, PLACES
from benchmarks.houses import Place, furnish, open_engine
from benchmarks.procedures import MONDAY
from engine import Engine, add_post, assign_post, open_case
from engine.domain.organisation import Officer, Post
from engine.queries import Scope, counts, health, search_cases, worklist
from engine.queries.reader import Reader
from engine.storage.tables import case, participation, release, work_item

POSTS = tuple(f"pos-{n}" for n in range(20))
HELD = 5
MOST = 0.030
"""Seconds that a list may take: a tenth of what a page may."""


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print. Returns 1 where a list takes longer than it may."""
    asked = argparse.ArgumentParser(prog="bench worklist", description=__doc__.split("\n\n", maxsplit=1)[0])
    asked.add_argument("--database", choices=[*PLACES, "both"], default="both")
    asked.add_argument("--open", type=int, default=5_000, help="open items of the office")
    asked.add_argument("--done", type=int, default=100_000, help="completed items beside them")
    asked.add_argument("--tries", type=int, default=60)
    given = asked.parse_args(words)
    well = True
    for name in PLACES if given.database == "both" else [given.database]:
        with PLACES[name]() as place:
            well &= _measure(place, given.open, given.done, given.tries)
    return 0 if well else 1


def _measure(place: Place, waiting: int, done: int, tries: int) -> bool:
    engine = open_engine(place.fresh(), MACHINE, create=True)
    furnish(engine)
    _fill(engine, waiting, done)
    officer = engine.officer("sri", at=MONDAY)
    print(f"{place.name}: {waiting:,} open items in the office, {done:,} done, {HELD} posts held")
    well = True
    for name, query, limit in _queries(officer, engine):
        times = sorted(_timed(engine, query) for _ in range(tries))
        typical, slow = statistics.median(times), times[int(len(times) * 0.95)]
        well &= typical <= limit
        print(f"  {name:<42} {typical * 1000:>7.1f} ms, one in twenty above {slow * 1000:.1f} ms")
    engine.close()
    print()
    return well


def _queries(officer: Officer, engine: Engine) -> Iterator[tuple[str, Callable[[Reader], object], float]]:
    with engine.reading(at=MONDAY) as reader:
        after: str | None = None
        for _ in range(40):
            after = worklist(reader, officer, Scope.OFFICE, after=after, length=100).following
    yield "mine, first page", lambda reader: worklist(reader, officer, Scope.MINE), MOST
    yield f"my {HELD} posts, first page", lambda reader: worklist(reader, officer, Scope.POSTS), MOST
    yield "the office, first page", lambda reader: worklist(reader, officer, Scope.OFFICE), MOST
    yield "the office, page 160", lambda reader: worklist(reader, officer, Scope.OFFICE, after=after), MOST
    yield (
        "the office, a search that finds nothing",
        lambda reader: worklist(reader, officer, Scope.OFFICE, search="tidak ada"),
        MOST * 5,
    )
    yield "the numbers beside the tabs", lambda reader: counts(reader, officer), MOST
    yield "cases, first page", lambda reader: search_cases(reader, officer), MOST
    yield "health", health, 1.0


def _timed(engine: Engine, query: Callable[[Reader], object]) -> float:
    with engine.reading(at=MONDAY) as reader:
        begun = perf_counter()
        query(reader)
        return perf_counter() - begun


def _fill(engine: Engine, waiting: int, done: int) -> None:
    """Put cases and items in at once: opening each by its command would take an hour and leave the same rows."""
    with engine.begin(at=MONDAY) as work:
        for code in POSTS:
            add_post(work, Post(code, code.title(), ("open",)))
        for code in POSTS[: HELD - 1]:
            assign_post(work, "sri", post=code, office="JATENG", begins_on=MONDAY.date())
    engine.perform(open_case, "micro", office="JATENG", officer="sri", at=MONDAY)
    drawn = random.Random(7)
    with engine.begin(at=MONDAY) as work:
        run = work.connection
        of = run.execute(select(release.c.id).where(release.c.code == "micro")).scalar_one()
        cases = list(_cases(of, waiting))
        for some in _batches(iter(cases)):
            run.execute(insert(case), some)
            run.execute(insert(participation), [_part(each["id"]) for each in some])
        for rows in _batches(_items(drawn, waiting, done)):
            run.execute(insert(work_item), rows)
        if not engine.database.sqlite:
            run.exec_driver_sql("ANALYZE")


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(rows, 5_000)):
        yield batch


def _cases(of: int, count: int) -> Iterator[dict[str, Any]]:
    usual = {"office": "JATENG", "state": "running", "stage": "", "snapshot": b"x", "version": 1, "ended_how": ""}
    for number in range(1_000, 1_000 + count):
        opened = MONDAY - timedelta(minutes=number)
        yield {**usual, "id": number, "number": f"S-2026-{number:05}", "release_id": of, "opened_at": opened}


def _part(number: int) -> dict[str, Any]:
    return {"case_id": number, "office": "JATENG", "since": MONDAY}


def _items(drawn: random.Random, waiting: int, done: int) -> Iterator[dict[str, Any]]:
    usual = {"process": "micro", "path": [], "kind": "userTask", "office": "JATENG", "version": 1, "opened_in": 1}
    usual |= {"outcome": "", "local": {}, "officer_id": None, "closed_at": None}
    for number in range(waiting + done):
        is_open = number < waiting
        mine = is_open and number % 50 == 0
        state = ("reserved" if mine else "ready") if is_open else "completed"
        yield {
            **usual,
            "case_id": 1_000 + number % waiting,
            "token": f"w{number}",
            "element": f"t{number % 8 + 1}",
            "name": f"Langkah {number % 8 + 1}",
            "post": drawn.choice(POSTS),
            "state": state,
            "officer_id": 1 if mine else None,
            "opened_at": MONDAY - timedelta(days=2),
            "due_at": MONDAY + timedelta(minutes=drawn.randint(-3_000, 6_000)),
        }


if __name__ == "__main__":
    sys.exit(main())
