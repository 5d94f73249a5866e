"""How long officers wait while the placement system fails: each of its fourteen faults beside none, in turns.

    python3 run.py bench partner [--database sqlite|postgresql|both] [--acts 120] [--rounds 5]

The stand-in is a process of its own; the worker runs beside the officers in this one, as `python3 run.py` has it. An act
is what an officer waits for: the step before a report is completed, and the list of work is read. Each act sends a report.
The times with and without a fault are taken in alternation, so that a busy machine troubles both alike.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from json import dumps
from pathlib import Path
from time import perf_counter

from sqlalchemy import select

from benchmarks.durable_step import MACHINE, PLACES
from benchmarks.houses import Place, furnish
from benchmarks.procedures import MONDAY, release
from engine import Database, Engine, complete_work_item, new_key_ring, open_case, publish_release
from engine.domain.receipt import Receipt
from engine.domain.release import Activity, Bound, Field, FieldKind, Performer, Release
from engine.domain.report import CONSENT
from engine.queries import Scope, worklist
from engine.storage.tables import case, work_item
from engine.worker import Placements, Reporting, Worker
from engine.worker.loop import utc_now
from web.simulator import Fault

ROOT = Path(__file__).parents[1]
MOST = 1.2
"""So many times as long as without a fault may one act in twenty take."""
RATE = 0.5
"""So many of the calls fail; where all do, the line is not used at all after five."""
CODE = "lapor"
DRAWING = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:lajur:bench">
<message id="m" name="siskop2mi_mulai"/><process id="lapor" isExecutable="true"><startEvent id="s"/>
<userTask id="a" name="Langkah"/><sendTask id="r" name="Lapor" messageRef="m"/><userTask id="b" name="Langkah"/><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="r"/>
<sequenceFlow id="f3" sourceRef="r" targetRef="b"/><sequenceFlow id="f4" sourceRef="b" targetRef="e"/></process></definitions>"""
PERSON = {"nama": "Siti Contoh", "nik": "9900000000000001", "tanggal_lahir": "1998-03-02", "alamat": "Jalan Uji 1"}


def main(words: Sequence[str]) -> int:
    """Measure and print. Returns 1 where officers wait longer than they may."""
    asked = argparse.ArgumentParser(prog="bench partner")
    asked.add_argument("--database", choices=[*PLACES, "both"], default="both")
    asked.add_argument("--acts", type=int, default=120, help="acts of a turn")
    asked.add_argument("--rounds", type=int, default=5, help="turns without and with each fault")
    given = asked.parse_args(words)
    well = True
    for name in PLACES if given.database == "both" else [given.database]:
        with PLACES[name]() as place, _stand_in() as stand:
            well &= _measure(place, stand, given.acts, given.rounds)
    return 0 if well else 1


def _measure(place: Place, stand: Stand, acts: int, rounds: int) -> bool:
    engine = Engine(Database(place.fresh(), create=True), [MACHINE], new_key_ring())
    furnish(engine)
    engine.perform(publish_release, _reporting(), at=MONDAY)
    line = Placements(stand.url, lambda: "token-uji", private=True, timeout=1.0, altogether=3.0)
    worker = Worker(engine, ways={"siskop2mi": Reporting(engine, line, utc_now)})
    worker.start()
    office = Office(engine)
    office.acts(acts)  # what is first is slow for reasons of its own
    print(
        f"{place.name}: milliseconds an act, one in twenty above; {acts * rounds:,} acts each, half of the calls fail"
    )
    every: tuple[list[float], list[float]] = [], []
    for fault in Fault:
        good, bad = _in_turns(stand, office, fault, acts, rounds)
        every[0].extend(good)
        every[1].extend(bad)
        _told(fault, good, bad)
    ratio = _told("all fourteen", *every)
    worker.stop()
    engine.close()
    print()
    return ratio <= MOST


def _in_turns(stand: Stand, office: Office, fault: Fault, acts: int, rounds: int) -> tuple[list[float], list[float]]:
    good: list[float] = []
    bad: list[float] = []
    for _ in range(rounds):
        stand.fail({})
        good += office.acts(acts)
        stand.fail({fault: RATE})
        bad += office.acts(acts)
    return good, bad


def _told(what: str, good: list[float], bad: list[float]) -> float:
    slow, slower = (sorted(each)[int(len(each) * 0.95)] for each in (good, bad))
    middle = statistics.median(bad) / statistics.median(good)
    print(
        f"  {what:<16} {slow * 1000:7.1f} {slower * 1000:7.1f}   {slower / slow:5.2f} times; median {middle:5.2f} times"
    )
    return slower / slow


@dataclass
class Office:
    """Officers who complete the step before a report, one after the other."""

    engine: Engine

    def acts(self, many: int) -> list[float]:
        """How long each took, in seconds. Cases are opened before, beside the clock."""
        waiting = [self._open() for _ in range(many)]
        officer = self.engine.officer("sri", at=utc_now())
        took = []
        for number, version in waiting:
            begun = perf_counter()
            facts = {**PERSON, CONSENT: True}
            now = utc_now()
            self.engine.perform(complete_work_item, number, seen=version, facts=facts, officer="sri", at=now)
            with self.engine.reading(at=now) as reader:
                worklist(reader, officer, Scope.POSTS)
            took.append(perf_counter() - begun)
        return took

    def _open(self) -> tuple[int, int]:
        done: Receipt = self.engine.perform(open_case, CODE, office="JATENG", officer="sri", at=utc_now())
        mine = select(work_item.c.id, work_item.c.version).join(case, case.c.id == work_item.c.case_id)
        with self.engine.reading(at=utc_now()) as reader:
            row = reader.connection.execute(mine.where(case.c.number == done.case)).one()
        return row.id, row.version


@dataclass
class Stand:
    """The stand-in, by its port."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def fail(self, rates: Mapping[Fault, float]) -> None:
        """Fail like this from now on."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        body = dumps({fault.value: rate for fault, rate in rates.items()})
        connection.request("POST", "/faults", body, {"Content-Type": "application/json"})
        connection.getresponse().read()
        connection.close()


@contextmanager
def _stand_in() -> Iterator[Stand]:
    """`lajur siskop2mi-simulator`, as anybody would start it."""
    command = [sys.executable, "-m", "web.cli", "siskop2mi-simulator", "--port", "0", "--slow-seconds", "0.5"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    pipe = subprocess.PIPE
    child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, text=True)  # noqa: S603 - our own program
    try:
        assert child.stdout  # noqa: S101 - asked for
        found = re.search(r"http://127\.0\.0\.1:(\d+)", child.stdout.readline())
        assert found  # noqa: S101 - its first line says where it is
        yield Stand(int(found[1]))
    finally:
        child.terminate()
        child.wait(30)


def _reporting() -> Release:
    """Step, report, step."""
    form = (*(Field(name, name, bound=Bound.SUBJECT) for name in PERSON), Field(CONSENT, "Ya?", FieldKind.YES_NO))
    tasks = [("a", "userTask", form), ("r", "sendTask", ()), ("b", "userTask", ())]
    steps = {
        (CODE, one): Activity(CODE, one, "Langkah", kind, line=3, performer=Performer("petugas"), form=asked)
        for one, kind, asked in tasks
    }
    return replace(release("loop"), code=CODE, title="Lapor", drawings={CODE: DRAWING}, activities=steps)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
