"""How many user tasks a second can be completed durably, beside the physical limit and beside stock SpiffWorkflow;
and what step 2,000 of a loop costs beside step 20.

    python3 run.py bench durable-step [--database sqlite|postgresql|both] [--rounds 15] [--steps 40]

All designs take turns in one run, so that a slow minute of the machine slows all of them. Medians over rounds; the ratio
to the floor is taken within each round.
"""

from __future__ import annotations

import argparse
import gc
import platform
import statistics
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from time import perf_counter, process_time
from typing import cast

from benchmarks.designs import Design, Floor, Lajur, Said, Stock, open_cases, recorded
from benchmarks.houses import Place, furnish, open_engine, postgresql, sqlite
from benchmarks.procedures import STEPS
from engine.machine import Machine
from engine.process import Interpreter
from engine.spiff import Spiff

PLACES: dict[str, Callable[[], AbstractContextManager[Place]]] = {"sqlite": sqlite, "postgresql": postgresql}
YOUNG, OLD, SPAN = 20, 2_000, 40
"""Steps of the loop that are compared, and how many around each are measured."""
MOST = 1.1
"""What the late step may cost of the early one."""
MACHINE: Interpreter = Machine()
SPIFF = cast("Interpreter", Spiff())  # its program is of a type of its own, which the port cannot say


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds a step, one figure a round."""

    wall: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    """Of this process's processor: what other programs on the machine cannot disturb."""


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print. Returns 1 where step 2,000 costs more than 1.1 of step 20."""
    asked = argparse.ArgumentParser(prog="bench durable-step", description=__doc__.split("\n\n")[0])
    asked.add_argument("--database", choices=[*PLACES, "both"], default="both")
    asked.add_argument("--rounds", type=int, default=15)
    asked.add_argument("--steps", type=int, default=40, help="completions of one design in one round")
    asked.add_argument("--old", type=int, default=OLD, help="the late step of the loop")
    given = asked.parse_args(words)
    print(f"Python {platform.python_version()}, {platform.machine()}, {given.rounds} rounds of {given.steps} steps\n")
    well = True
    for name in PLACES if given.database == "both" else [given.database]:
        with PLACES[name]() as place:
            throughput(place, given.rounds, given.steps)
            well &= constancy(place, given.old)
    return 0 if well else 1


def throughput(place: Place, rounds: int, steps: int) -> None:
    """Let every design complete the same steps, in turns, and print completions a second."""
    cases = -(-rounds * steps // STEPS)
    base = _furnished(place, MACHINE)
    open_cases(base, MACHINE, "micro", cases)
    of_spiff = _furnished(place, SPIFF)
    open_cases(of_spiff, SPIFF, "micro", cases)
    statements = _statements(place.copy(base), rounds * steps)
    designs: list[Design] = [
        Floor(place.copy(base), statements),
        Lajur("Lajur, on its own machine", place.copy(base), MACHINE, "micro"),
        Lajur("Lajur, on SpiffWorkflow behind the same port", of_spiff, SPIFF, "micro"),
        Stock(place.fresh(), "micro", cases),
        Stock(place.copy(base), "micro", cases, statements, name="stock SpiffWorkflow, with the rows that Lajur keeps"),
    ]
    took = _rotate(designs, rounds, steps)
    for each in designs:
        each.close()
    floor = took[designs[0].name]
    count = statistics.median(sum(len(trip.sentences) for trip in each) for each in statements)
    trips = (
        "" if place.name == "SQLite" else f" in {statistics.median(len(each) for each in statements):.0f} round trips"
    )
    print(f"{place.name}: {count:.0f} statements a step{trips}, the commit apart")
    print(f"  {'design':<52} {'steps/s':>8} {'ms':>7} {'of the floor':>13} {'CPU ms':>7}")
    for name, times in took.items():
        typical = statistics.median(times.wall)
        ratio = statistics.median(limit / mine for limit, mine in zip(floor.wall, times.wall, strict=True))
        own = statistics.median(times.own) * 1000
        print(f"  {name:<52} {1 / typical:>8.0f} {typical * 1000:>7.2f} {ratio:>13.2f} {own:>7.2f}")
    print()


def constancy(place: Place, old: int) -> bool:
    """Compare late steps of a loop with early ones, in turns; say whether they cost the same within a tenth."""
    well = True
    for interpreter in (MACHINE, SPIFF):
        young, late = _in_loop(place, interpreter, YOUNG - SPAN // 2), _in_loop(place, interpreter, old - SPAN // 2)
        took = _rotate([young, late], SPAN, 1)
        young.close()
        late.close()
        ratio = _median_ratio(took[late.name].wall, took[young.name].wall)
        own = _median_ratio(took[late.name].own, took[young.name].own)
        well &= min(ratio, own) <= MOST
        cost = f"step {old:,} costs {ratio:.2f} of step {YOUNG} (processor alone: {own:.2f})"
        print(f"  {place.name}, loop on {interpreter.name}: {cost}")
    print(f"  {place.name}, loop on stock SpiffWorkflow: {_stock_growth(place, min(old, 200))}\n")
    return well


def _median_ratio(late: Sequence[float], early: Sequence[float]) -> float:
    return statistics.median(late) / statistics.median(early)


def _rotate(designs: Sequence[Design], rounds: int, steps: int) -> dict[str, Took]:
    """Measure the designs in turns; another one begins each round."""
    took = {each.name: Took() for each in designs}
    gc.collect()
    gc.disable()
    try:
        for turn in range(rounds):
            shift = turn % len(designs)
            for each in (*designs[shift:], *designs[:shift]):
                _measure(each, steps, took[each.name])
            gc.collect()
    finally:
        gc.enable()
    return took


def _measure(design: Design, steps: int, took: Took) -> None:
    wall = own = 0.0
    for _ in range(steps):
        design.prepare()
        begun, begun_own = perf_counter(), process_time()
        design.step()
        wall, own = wall + perf_counter() - begun, own + process_time() - begun_own
    took.wall.append(wall / steps)
    took.own.append(own / steps)


def _furnished(place: Place, interpreter: Interpreter) -> str:
    url = place.fresh()
    engine = open_engine(url, interpreter, create=True)
    furnish(engine)
    engine.close()
    return url


def _statements(url: str, count: int) -> list[Said]:
    """Do every step once, unmeasured, and write down what it asks of the database."""
    run = Lajur("recording", url, MACHINE, "micro")
    steps: list[Said] = []
    for _ in range(count):
        run.prepare()
        said: Said = []
        with recorded(said):
            run.step()
        steps.append(said)
    run.close()
    return steps


def _in_loop(place: Place, interpreter: Interpreter, steps: int) -> Lajur:
    """A case that has been round the loop so often."""
    url = _furnished(place, interpreter)
    open_cases(url, interpreter, "loop", 1)
    run = Lajur(f"step {steps}", url, interpreter, "loop")
    for _ in range(steps):
        run.step()
    return run


def _stock_growth(place: Place, late: int) -> str:
    """How much more a later step costs stock SpiffWorkflow, whose state keeps every task there ever was."""
    run = Stock(place.fresh(), "loop", 1)
    took = Took()
    for _ in range(late + SPAN // 2):
        _measure(run, 1, took)
    run.close()
    early, last = (statistics.median(took.own[n - SPAN // 2 : n + SPAN // 2]) for n in (YOUNG, late))
    return f"step {late} costs {last / early:.1f} of step {YOUNG}"


if __name__ == "__main__":
    sys.exit(main())
