"""Three workers beside each other, killed at random in the midst of it: each timer fires exactly once, and soon."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from engine import Engine
from engine.storage import tables
from engine.worker import prepare_jobs
from tests.small_office import Play

pytestmark = pytest.mark.storage
WORKERS = 3
ROOT = Path(__file__).parents[3]


@pytest.fixture
def database_url(postgresql: Any, furnished_template: str) -> Iterator[str]:
    """PostgreSQL only: on SQLite there is one worker."""
    name = f"killed_{time.monotonic_ns()}"
    postgresql.run(f"CREATE DATABASE {name} TEMPLATE {furnished_template} STRATEGY file_copy")
    yield postgresql.address(name)
    postgresql.run(f"DROP DATABASE {name} WITH (FORCE)")


class Gang:
    """Workers of which one after the other is killed, and another takes its place."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.kills = 0
        self.members = [self._another() for _ in range(WORKERS)]

    def _another(self) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-m", "tests.engine.worker.one_worker", self.url]
        return subprocess.Popen(words, cwd=ROOT)

    def kill_one(self) -> None:
        place = random.randrange(WORKERS)  # noqa: S311 - whom it meets
        self.members[place].kill()
        self.members[place].wait()
        self.members[place] = self._another()
        self.kills += 1

    def end(self) -> None:
        for each in self.members:
            each.kill()
            each.wait()


def left(play: Play) -> int:
    with play.engine.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(tables.timer)).scalar_one()


@pytest.mark.parametrize(
    ("timers", "kills"), [(60, 2), pytest.param(10_000, 25, marks=pytest.mark.long)], ids=["some", "10000"]
)
def test_each_timer_fires_once_whoever_dies_over_it(engine: Engine, database_url: str, timers: int, kills: int) -> None:
    prepare_jobs(engine)
    play = Play(engine)
    play.publish("start -> catch t (timer PT1H) -> user A -> end")
    play.now = datetime.now(UTC) - timedelta(hours=1)
    for _ in range(timers):
        play.open()
    share = timers // (kills + 2)
    following = timers - share

    gang = Gang(database_url)
    try:
        while gang.kills < kills and left(play):
            if left(play) <= following:
                gang.kill_one()
                following -= share
            time.sleep(0.02)
        recovered = time.monotonic()
        while left(play) and time.monotonic() < recovered + 60:
            time.sleep(0.1)
    finally:
        gang.end()

    fired = Counter(row["case_id"] for row in play.rows(tables.audit) if row["kind"] == "timer.fired")
    assert left(play) == 0
    assert gang.kills == kills
    assert len(fired) == timers
    assert set(fired.values()) == {1}
    assert play.rows(tables.incident) == []
