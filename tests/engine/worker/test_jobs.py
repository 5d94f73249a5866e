"""Jobs on PostgreSQL: put there with what they wake for, and harmless when they are lost, doubled or left by the dead."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from engine import Engine, WrongState
from engine.runtime import Unexpected
from engine.storage import UnitOfWork, tables
from engine.worker import Jobs, Worker, prepare_jobs
from engine.worker.deliveries import OVERLOOKED
from tests.small_office import Play

pytestmark = pytest.mark.storage
TELLS = "start -> and f -> send S (about told) -> user A -> end\nf -> catch c (message told) -> end heard"


@pytest.fixture
def database_url(postgresql: Any, furnished_template: str) -> Iterator[str]:
    """PostgreSQL only: SQLite has no jobs."""
    name = f"jobs_{time.monotonic_ns()}"
    postgresql.run(f"CREATE DATABASE {name} TEMPLATE {furnished_template} STRATEGY file_copy")
    yield postgresql.address(name)
    postgresql.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def play(engine: Engine) -> Play:
    """A house whose database has the library's tables."""
    prepare_jobs(engine)
    house = Play(engine)
    house.now = datetime.now(UTC)
    house.publish(TELLS)
    return house


def jobs_of(engine: Engine) -> Jobs:
    found = Jobs.of(engine, lambda: datetime.now(UTC))
    assert found is not None
    return found


def asked(play: Play, question: str) -> list[Any]:
    with psycopg.connect(play.engine.database.conninfo, autocommit=True) as connection:
        cursor = connection.execute(question.encode())
        return cursor.fetchall() if cursor.description else []


def waiting(play: Play) -> list[Any]:
    return asked(play, "SELECT task_name, lock, args FROM lajur_jobs.procrastinate_jobs ORDER BY id")


@contextmanager
def carried_out(jobs: Jobs) -> Iterator[None]:
    thread = threading.Thread(target=jobs.run)
    thread.start()
    try:
        yield
    finally:
        jobs.stop()
        thread.join(20)
        assert not thread.is_alive()


def becomes(true: Callable[[], bool], seconds: float = 120) -> bool:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.05)
    return true()


def told(play: Play) -> list[str]:
    return [row["state"] for row in play.rows(tables.announcement)]


def test_its_tables_are_made_once_and_anew_for_another_version(play: Play) -> None:
    jobs_of(play.engine)
    play.open()
    prepare_jobs(play.engine)
    assert len(waiting(play)) == 1

    asked(play, "COMMENT ON SCHEMA lajur_jobs IS 'procrastinate 0.1'")

    assert Jobs.of(play.engine, lambda: datetime.now(UTC)) is None
    prepare_jobs(play.engine)
    assert waiting(play) == []
    assert Jobs.of(play.engine, lambda: datetime.now(UTC))


def test_a_job_is_there_if_what_it_wakes_for_is_and_not_else(play: Play) -> None:
    jobs = jobs_of(play.engine)

    def announce_and_fail(work: UnitOfWork) -> None:
        work.announcements.add(1, "message", "told", at=play.now)
        jobs.enqueue(work)
        raise ZeroDivisionError

    with pytest.raises(Unexpected):
        play.engine.perform(announce_and_fail, at=play.now)
    assert waiting(play) == []

    play.open()

    assert waiting(play) == [("deliver", "case 1", {"case": 1})]


def test_another_process_carries_it_out_and_nothing_is_left(play: Play, new_engine: Callable[[], Engine]) -> None:
    jobs_of(play.engine)
    with carried_out(jobs_of(new_engine())):
        play.open()

        assert becomes(lambda: told(play) == ["done"])
        assert becomes(lambda: waiting(play) == [])

    assert [each.element for each in play.items()] == ["A"]


def test_a_doubled_job_does_nothing_twice(play: Play, new_engine: Callable[[], Engine]) -> None:
    jobs_of(play.engine)
    play.open()
    for _ in range(5):
        with psycopg.connect(play.engine.database.conninfo, options="-c search_path=lajur_jobs") as connection:
            connection.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
                " VALUES ('deliveries', 'deliver', '{\"case\": 1}')"
            )

    with carried_out(jobs_of(new_engine())):
        assert becomes(lambda: waiting(play) == [])

    assert told(play) == ["done"]
    assert sum(row["kind"] == "message.received" for row in play.rows(tables.audit)) == 1
    assert [each.element for each in play.items()] == ["A"]


def test_what_a_lost_job_should_have_woken_for_is_found_in_the_rows(play: Play) -> None:
    jobs = jobs_of(play.engine)
    play.open()
    asked(play, "TRUNCATE lajur_jobs.procrastinate_jobs CASCADE")

    early = Worker(play.engine, lambda: play.now + OVERLOOKED / 2, jobs=jobs).work_once()
    later = Worker(play.engine, lambda: play.now + OVERLOOKED, jobs=jobs).work_once()

    assert (early, later) == (0, 1)
    assert told(play) == ["done"]


def test_the_jobs_of_a_dead_worker_go_to_another(play: Play, new_engine: Callable[[], Engine]) -> None:
    jobs_of(play.engine)
    play.open()
    asked(
        play,
        "INSERT INTO lajur_jobs.procrastinate_workers (last_heartbeat) VALUES (now() - interval '40 seconds')",
    )
    with psycopg.connect(play.engine.database.conninfo, options="-c search_path=lajur_jobs") as connection:
        connection.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = 1")

    with carried_out(jobs_of(new_engine())):
        assert becomes(lambda: told(play) == ["done"])

    assert waiting(play) == []


def test_what_fails_is_tried_again_when_its_row_says_so(
    play: Play, new_engine: Callable[[], Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs_of(play.engine)
    play.open()
    tries: list[int] = []

    def refuse(*_: Any, **__: Any) -> None:
        tries.append(1)
        raise WrongState(act="deliver", what="it", state="not possible")

    monkeypatch.setattr("engine.delivery.house.deliver_announcement", refuse)
    with carried_out(jobs_of(new_engine())):
        assert becomes(lambda: len(tries) == 1)
        assert becomes(lambda: "scheduled" in str(asked(play, "SELECT type FROM lajur_jobs.procrastinate_events")))

    ((scheduled,),) = asked(play, "SELECT scheduled_at FROM lajur_jobs.procrastinate_jobs")
    ((row),) = play.rows(tables.announcement)
    assert abs(scheduled - row["next_at"]) < timedelta(seconds=1)


def test_a_worker_is_woken_by_what_another_process_stores(play: Play, new_engine: Callable[[], Engine]) -> None:
    play.publish("start -> catch t (timer PT2S) -> user B -> end", "soon")
    worker = Worker(new_engine())
    worker.start()
    assert becomes(worker._hears.is_set)
    time.sleep(0.5)
    play.now = datetime.now(UTC)

    play.open("soon")

    assert becomes(lambda: [each.element for each in play.items()] == ["B"], 10)
    worker.stop()
