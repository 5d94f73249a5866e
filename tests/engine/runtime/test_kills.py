"""The program killed at any moment: nothing that was told is lost, nothing happens twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine import verify_audit
from engine.storage import tables
from tests.engine.runtime.stepper import lines
from tests.small_office import Play, outcomes

ROOT = Path(__file__).parents[3]
LOOP = 'start -> user A -> xor x\n x -[outcome = "again"]-> A\n x -[*]-> end'
STEPS = 50


def start(url: str, ledger: Path, steps: int, **settings: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.engine.runtime.stepper", url, str(ledger), str(steps)]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings})


def done(ledger: Path) -> int:
    return sum(line.startswith("done") for line in lines(ledger))


@pytest.fixture
def ledger(play: Play, tmp_path: Path) -> Path:
    play.publish(LOOP, A={"outcomes": outcomes("again", "stop")})
    play.open()
    return tmp_path / "ledger"


def expect_each_step_once(play: Play, ledger: Path) -> None:
    """What was told has happened, and everything that has happened was told, once."""
    told = [int(line.split()[1].split("/")[0]) for line in lines(ledger) if line.startswith("done")]
    records = [row["data"]["item"] for row in play.rows(tables.audit) if row["kind"] == "work_item.completed"]
    assert sorted(set(told)) == records
    states = [row["state"] for row in play.rows(tables.work_item)]
    assert states == ["completed"] * len(records) + ["ready"]
    with play.engine.database.reading() as connection:
        assert list(verify_audit(connection)) == []


def test_fifty_steps_survive_kills_at_random(play: Play, ledger: Path, database_url: str) -> None:
    dice = random.Random(database_url.partition(":")[0])  # noqa: S311 - a play, not a secret
    kills = 0

    while done(ledger) < STEPS:
        until = done(ledger) + dice.randrange(2, 30)
        program = start(database_url, ledger, STEPS + 1 - done(ledger))
        while program.poll() is None and done(ledger) < until:
            time.sleep(dice.random() / 100)
        program.send_signal(signal.SIGKILL)
        kills += program.wait() == -signal.SIGKILL
    assert start(database_url, ledger, 0).wait() == 0

    assert kills > 1
    expect_each_step_once(play, ledger)


@pytest.mark.parametrize("point", [1, 2, 3, 4])
def test_a_kill_at_each_point_of_a_command_is_mended_by_sending_it_again(
    play: Play, ledger: Path, database_url: str, point: int
) -> None:
    killed = start(database_url, ledger, 1, LAJUR_TESTING="1", LAJUR_CRASH_AT=str(point)).wait()
    assert (killed, done(ledger)) == (-signal.SIGKILL, 0)
    happened = sum(row["kind"] == "work_item.completed" for row in play.rows(tables.audit))
    assert happened == (1 if point == 4 else 0)

    assert start(database_url, ledger, 0).wait() == 0

    expect_each_step_once(play, ledger)
    assert done(ledger) == 1
