"""A program of its own that completes work items until it is killed, writing down what it was told.

python -m tests.engine.runtime.stepper DATABASE LEDGER STEPS
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path

from engine import Database, Engine, complete_work_item
from engine.machine import Machine
from tests.small_office import KEYS, MORNING, Play


def main(url: str, ledger: Path, steps: int) -> None:
    """Try again what was tried last, then go on."""
    engine = Engine(Database(url), [Machine()], KEYS)
    tried = [line.split()[1] for line in lines(ledger) if line.startswith("try")]
    told = {line.split()[1] for line in lines(ledger) if line.startswith("done")}
    if tried and tried[-1] not in told:
        complete(engine, ledger, tried[-1])
    play = Play(engine)
    for _ in range(steps):
        (item,) = play.items()
        key = f"{item.number}/{item.version}"
        write(ledger, f"try {key}")
        complete(engine, ledger, key)


def complete(engine: Engine, ledger: Path, key: str) -> None:
    number, version = (int(each) for each in key.split("/"))
    at = MORNING + timedelta(minutes=number)
    more = {"seen": version, "outcome": "again"}
    engine.perform(complete_work_item, number, officer="sri", at=at, key=key, **more)
    write(ledger, f"done {key}")


def lines(ledger: Path) -> list[str]:
    """The whole lines of the ledger: one that was cut off by a kill tells nothing."""
    text = ledger.read_text() if ledger.exists() else ""
    return text[: text.rfind("\n") + 1].splitlines()


def write(ledger: Path, line: str) -> None:
    with ledger.open("a") as file:
        file.write(f"{line}\n")
        file.flush()
        os.fsync(file.fileno())


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
