"""What printing takes: one SOP in each format, what other requests notice of it, and the book of the agency.

    python3 run.py bench sheets [--sops 750] [--rounds 2]

The SOPs are those of `bpmn/`; for the book of 750 they are repeated under other codes. The book is made in a process of its own,
which tells how much memory it took at most. What others notice is the longest time that another thread of the same
process had to wait for its turn while sheets were printed.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter, process_time, sleep
from typing import Self

from sop_catalog.registers import areas
from sop_catalog.sheets.form import Form
from sop_catalog.sheets.forming import form_of
from sop_catalog.sheets.printing import FORMATS, write
from sop_catalog.sheets.printing.book import volumes, write_book
from sop_catalog.sheets.shelf import Shelf

BPMN = Path(__file__).parents[1] / "bpmn"
_TICK = 0.001


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--sops", type=int, default=750)
    words.add_argument("--rounds", type=int, default=2)
    words.add_argument("--book", type=int, default=0, help=argparse.SUPPRESS)
    asked = words.parse_args()
    if asked.book:
        return _book(asked.book)
    shipped = forms()
    print(f"{len(shipped)} SOPs, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the beginning")
    for count in (len(shipped), asked.sops):  # before anything is printed here: a new process begins with our memory
        subprocess.run([sys.executable, "-m", "benchmarks.sheets", "--book", str(count)], check=True)  # noqa: S603 - ourselves
    for kind in FORMATS:
        _one_by_one(shipped, kind, asked.rounds)
    print(f"load {os.getloadavg()[0]:.1f} at the end")
    return 0


def forms() -> list[Form]:
    """Every SOP that is shipped."""
    shelf = Shelf(BPMN)
    drawn = [drawing for code in shelf.files if (drawing := shelf.drawing(code))]
    return [form_of(each, titles=shelf.titles_for(each)) for each in drawn]


def _one_by_one(shipped: list[Form], kind: str, rounds: int) -> None:
    write(shipped[0], kind)
    with Watch() as others:
        wall, cpu = [], []
        for form in shipped * rounds:
            began, worked = perf_counter(), process_time()
            write(form, kind)
            wall.append(perf_counter() - began)
            cpu.append(process_time() - worked)
    print(
        f"{kind:4}  median {_ms(statistics.median(wall))}  p95 {_ms(_late(wall))}  most {_ms(max(wall))}  CPU median {_ms(statistics.median(cpu))}"
        f"  others wait: p95 {_ms(_late(others.waited))}, most {_ms(max(others.waited))}"
    )


class Watch:
    """Another thread that wants its turn every millisecond, and notes how long it waited for it."""

    def __init__(self) -> None:
        self.waited: list[float] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._tick)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _tick(self) -> None:
        while not self._stop.is_set():
            began = perf_counter()
            sleep(_TICK)
            self.waited.append(perf_counter() - began - _TICK)


def _book(count: int) -> int:
    shipped = forms()
    several = [
        replace(
            each,
            code=each.code
            if not turn
            else f"{areas()[turn % 20].code.lower()}{each.code[len(each.code.split('-')[0]) :]}",
        )
        for turn in range(-(-count // len(shipped)))
        for each in shipped
    ][:count]
    began, worked = perf_counter(), process_time()
    parts = volumes(several)
    made = [write_book(each, volume=(at, len(parts)), on=date(2026, 11, 22)) for at, each in enumerate(parts, 1)]
    wall, cpu = perf_counter() - began, process_time() - worked
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"book of {count} in {len(parts)} volumes: {wall:.1f} s, CPU {cpu:.1f} s, {sum(map(len, made)) / 1e6:.1f} MB; at most {most / 1024:.0f} MB of memory"
    )
    return 0


def _late(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:6.1f} ms"


if __name__ == "__main__":
    sys.exit(main())
