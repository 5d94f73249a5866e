"""What `lajur check` takes for the whole catalogue: cold, with nothing changed, and with one file changed.

    python3 run.py bench check [--workers 2] [--rounds 3]

Cold may take 30 s on two cores, with nothing changed 3 s. What starting the program alone takes stands beside it: `lajur check` of nothing new cannot be
quicker. Beside each stands the processor time of all its processes, which a busy machine changes little: half of it is
about what two cores that do nothing else would need.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

BPMN = Path(__file__).parents[1] / "bpmn"
MOST_COLD, MOST_WARM = 30.0, 3.0
Took = tuple[float, float]
"""Seconds on the wall, and of all processors."""


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--rounds", type=int, default=3)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        catalogue, data = Path(folder) / "bpmn", Path(folder) / "data"
        made = make(catalogue)
        took = measure(catalogue, data, asked.workers, asked.rounds)
    print(f"{made} diagrams, {asked.workers} workers, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end")
    for what, times in took.items():
        wall, worked = [each for each, _ in times], [each for _, each in times]
        told = f"median {statistics.median(wall):6.2f} s   least {min(wall):6.2f} s   processors {min(worked):6.2f} s"
        print(f"{what:22}  {told}")
    fits = all(min(took[what])[0] < most for what, most in (("cold", MOST_COLD), ("nothing changed", MOST_WARM)))
    print("Both fit." if fits else "Not both fit: see how much else the machine had to do.")
    return 0 if fits else 1


def make(into: Path) -> int:
    """Copy the shipped diagrams to where they may be changed; gives back how many they are."""
    shutil.copytree(BPMN, into)
    return len(list(into.rglob("*.bpmn")))


def measure(catalogue: Path, data: Path, workers: int, rounds: int) -> dict[str, list[Took]]:
    """What each way to check takes, in each round."""
    took: dict[str, list[Took]] = {}
    for number in range(rounds):
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir()
        for what, seconds in _round(catalogue, data, workers, number):
            took.setdefault(what, []).append(seconds)
    return took


def _round(catalogue: Path, data: Path, workers: int, number: int) -> Iterator[tuple[str, Took]]:
    check = ["check", "--workers", str(workers), str(catalogue)]
    yield "the program alone", _timed(["check", "--help"], data)
    yield "cold", _timed(check, data)
    yield "nothing changed", _timed(check, data)
    changed = sorted(catalogue.rglob("*-m05-02-*.bpmn"))[number]
    changed.write_bytes(changed.read_bytes() + b"<!-- changed -->\n")
    yield "one micro changed", _timed(check, data)


def _timed(words: list[str], data: Path) -> Took:
    environment = {**os.environ, "LAJUR_DATA_DIR": str(data)}
    began, worked = perf_counter(), _worked()
    done = subprocess.run(  # noqa: S603 - the program itself
        [sys.executable, "-m", "web.cli", *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stdout[-2000:] + done.stderr[-2000:])
    return perf_counter() - began, _worked() - worked


def _worked() -> float:
    """Processor time of every process that has ended below this one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
