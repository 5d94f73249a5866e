"""A program of its own that does what happens by itself, until it is killed.

python -m tests.engine.worker.one_worker DATABASE
"""

from __future__ import annotations

import sys
import time

from engine import Database, Engine
from engine.machine import Machine
from engine.worker import Jobs, Worker
from engine.worker.loop import utc_now
from tests.small_office import KEYS


def main(url: str) -> None:
    """Work."""
    engine = Engine(Database(url), [Machine()], KEYS)
    worker = Worker(engine, jobs=Jobs.of(engine, utc_now))
    worker.start()
    while worker.alive:
        time.sleep(1)


if __name__ == "__main__":
    main(sys.argv[1])
