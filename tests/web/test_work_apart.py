"""`lajur worker`: what happens by itself, as a program of its own, beside the web or without it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from engine import Database, Engine
from engine.machine import Machine
from engine.storage import tables
from tests.conftest import Server
from tests.small_office import KEYS
from web.cli import main

ROOT = Path(__file__).parents[2]


def signed(database: Database) -> bool:
    with database.reading() as connection:
        return (
            connection.execute(select(tables.sign_of_life).where(tables.sign_of_life.c.name == "worker")).first()
            is not None
        )


def works(environment: dict[str, str], database: Database) -> int:
    """Start a worker, wait for its sign of life, and tell it to stop. Returns how it left."""
    words = [sys.executable, "-m", "web.cli", "worker"]
    child = subprocess.Popen(words, cwd=ROOT, env={**os.environ, **environment})
    until = time.monotonic() + 60
    while not signed(database) and time.monotonic() < until:
        time.sleep(0.1)
    child.send_signal(signal.SIGTERM)
    return child.wait(30)


def test_a_worker_works_until_it_is_told_to_stop(tmp_path: Path) -> None:
    environment = {"LAJUR_DATA_DIR": str(tmp_path)}
    assert CliRunner().invoke(main, ["migrate"], env=environment).exit_code == 0
    database = Database(f"sqlite:///{tmp_path / 'lajur.db'}")

    left = works(environment, database)

    assert left == 0
    assert signed(database)
    database.close()


def test_a_worker_asks_for_a_database_of_the_right_shape(tmp_path: Path) -> None:
    refused = CliRunner().invoke(main, ["worker"], env={"LAJUR_DATA_DIR": str(tmp_path)})

    assert refused.exit_code == 1
    assert "lajur migrate" in refused.output


@pytest.mark.storage
def test_migrating_makes_the_tables_of_jobs_and_the_worker_uses_them(postgresql: Server, tmp_path: Path) -> None:
    postgresql.run("CREATE DATABASE work_apart")
    url = postgresql.address("work_apart")
    environment = {"LAJUR_DATA_DIR": str(tmp_path), "LAJUR_DATABASE_URL": url}
    assert CliRunner().invoke(main, ["migrate"], env=environment).exit_code == 0
    engine = Engine(Database(url), [Machine()], KEYS)

    assert works(environment, engine.database) == 0

    with psycopg.connect(engine.database.conninfo) as connection:
        (made,) = connection.execute("SELECT count(*) FROM lajur_jobs.procrastinate_jobs").fetchone() or (None,)
    assert made is not None
    engine.close()
    postgresql.run("DROP DATABASE work_apart WITH (FORCE)")
