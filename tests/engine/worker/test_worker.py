"""The loop beside the web."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from engine import retry_incident
from engine.commands.deliver_announcement import deliver_announcement
from engine.commands.postpone_announcement import postpone_announcement
from engine.errors import WrongState
from engine.storage import UnitOfWork, tables
from engine.worker import Worker
from tests.small_office import Play

TELLS = """
    start -> and f -> send S (about told) -> user A -> end
    f -> catch c (message told) -> end heard
"""
"""A case that tells itself something: what the house can carry out alone."""


def wait_until(play: Play, element: str, seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if element in [each.element for each in play.items()]:
            return True
        time.sleep(0.02)
    return False


def test_it_wakes_when_something_is_announced_and_stops_when_told(play: Play) -> None:
    play.publish(TELLS)
    worker = Worker(play.engine)
    worker.start()
    play.now = datetime.now(UTC)

    play.open()

    assert wait_until(play, "A", seconds=4)
    worker.stop()
    assert not worker.alive


def test_a_timer_that_is_stored_later_and_due_earlier_is_not_overslept(play: Play) -> None:
    play.publish("start -> catch t (timer PT1S) -> user A -> end")
    worker = Worker(play.engine)
    worker.start()
    play.now = datetime.now(UTC)

    play.open()

    assert wait_until(play, "A", seconds=4)
    worker.stop()


def test_a_loop_outlives_a_database_that_does_not_answer(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    play.publish(TELLS)
    monkeypatch.setattr("engine.worker.loop.LONGEST_SLEEP", timedelta(milliseconds=20))
    turns: list[int] = []
    due = play.engine.due

    def due_at_the_third_try(*, at: datetime) -> object:
        turns.append(1)
        if len(turns) < 3:
            raise RuntimeError
        return due(at=at)

    monkeypatch.setattr(play.engine, "due", due_at_the_third_try)
    worker = Worker(play.engine)
    worker.start()
    play.now = datetime.now(UTC)
    play.open()

    assert wait_until(play, "A")
    worker.stop()


def test_postpone_announcement_leaves_what_is_settled_alone(play: Play) -> None:
    play.publish(TELLS)
    play.open()
    Worker(play.engine, lambda: play.now).work_once()

    done = play.engine.perform(postpone_announcement, 1, until=None, at=play.now)

    assert done.state == "settled"
    assert [row["state"] for row in play.rows(tables.announcement)] == ["done"]


def test_what_cannot_be_delivered_is_put_off_and_then_shown_to_a_person(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    play.publish(TELLS)
    play.open()

    def refuse(work: UnitOfWork, number: int) -> None:
        raise WrongState(act="deliver", what=str(number), state="not possible")

    monkeypatch.setattr("engine.delivery.house.deliver_announcement", refuse)
    for _ in range(6):
        Worker(play.engine, lambda: play.now).work_once()
        play.now += timedelta(minutes=5)

    (row,) = play.rows(tables.announcement)
    assert (row["state"], row["tries"]) == ("failed", 4)
    assert [each["event"] for each in play.rows(tables.incident)] == ["announcement 1"]
    assert deliver_announcement.__name__ == "deliver_announcement"


def test_an_incident_that_is_retried_revives_what_had_failed(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        test_what_cannot_be_delivered_is_put_off_and_then_shown_to_a_person(play, broken)

    play.engine.perform(retry_incident, 1, officer="sri", at=play.now)
    Worker(play.engine, lambda: play.now).work_once()

    assert [each.element for each in play.items()] == ["A"]


def test_after_a_stop_it_says_in_how_many_cases_it_has_caught_up(play: Play, caplog: pytest.LogCaptureFixture) -> None:
    play.publish("start -> catch t (timer PT1H) -> user A -> end")
    for _ in range(3):
        play.open()
    late = play.now + timedelta(hours=5)
    worker = Worker(play.engine, lambda: late)

    with caplog.at_level("INFO", "engine.worker.passing_time"):
        done = [worker.work_once() for _ in range(3)]

    assert done == [3, 0, 0]
    assert [each.getMessage() for each in caplog.records] == [
        "caught_up: time has passed in 3 cases in which it was overdue"
    ]
