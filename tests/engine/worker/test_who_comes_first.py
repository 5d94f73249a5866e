"""A completion and an interrupting timer of the same moment: which of them has happened."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from engine import Engine, Refusal, complete_work_item
from engine.course import Overtaken
from engine.storage import tables
from engine.worker import Worker
from tests.small_office import MORNING, Play

HOUR = timedelta(hours=1)
MOMENT = timedelta(microseconds=1)
DRAWN = "start -> user A -> user B -> end\nboundary late (on A; timer PT1H) -> user Late -> end late_end"


def complete(play: Play, after: timedelta) -> str:
    """Complete A so long after the beginning; tells what is open then, or which refusal it got."""
    item = play.item("A")
    try:
        play.engine.perform(complete_work_item, item.number, seen=item.version, officer="sri", at=MORNING + after)
    except Refusal as refusal:
        return type(refusal).__name__
    return ", ".join(each.element for each in play.items())


@pytest.mark.parametrize(
    ("after", "told", "left"),
    [(HOUR - MOMENT, "B", ["B"]), (HOUR, "Overtaken", ["Late"]), (HOUR + MOMENT, "Overtaken", ["Late"])],
)
def test_the_timer_wins_from_its_very_instant_on_though_no_worker_ran(
    play: Play, after: timedelta, told: str, left: list[str]
) -> None:
    play.publish(DRAWN)
    play.open()

    answer = complete(play, after)

    assert answer == told
    assert [each.element for each in play.items()] == left
    assert play.count(tables.timer) == 0


def test_a_worker_that_comes_later_finds_nothing_to_fire(play: Play) -> None:
    play.publish(DRAWN)
    play.open()
    complete(play, HOUR - MOMENT)

    done = Worker(play.engine, lambda: MORNING + 2 * HOUR).work_once()

    assert (done, [each.element for each in play.items()]) == (0, ["B"])


def test_a_timer_beside_happens_and_the_completion_too(play: Play) -> None:
    play.publish(
        "start -> user A -> user B -> end\nboundary late (on A; timer PT1H; beside) -> user Late -> end late_end"
    )
    play.open()

    assert complete(play, HOUR) == "Late, B"


@pytest.mark.parametrize("after", [HOUR - MOMENT, HOUR])
def test_at_once_there_is_one_winner_and_it_is_the_one_that_was_due(engine: Engine, after: timedelta) -> None:
    play = Play(engine)
    play.publish(DRAWN)
    for _ in range(12):
        play.open()
    told: dict[int, str] = {}

    def officer(number: int) -> None:
        try:
            engine.perform(complete_work_item, number, seen=1, officer="sri", at=MORNING + after)
            told[number] = "completed"
        except Overtaken:
            told[number] = "overtaken"
        except Refusal as refusal:
            told[number] = type(refusal).__name__  # the worker's timer has been there, so the item is closed

    worker = threading.Thread(target=Worker(engine, lambda: MORNING + after).work_once)
    officers = [threading.Thread(target=officer, args=(each.number,)) for each in play.items()]
    for each in [worker, *officers]:
        each.start()
    for each in [worker, *officers]:
        each.join()

    in_time = after < HOUR
    assert len(told) == 12
    assert all((answer == "completed") == in_time for answer in told.values()), told
    assert {each.element for each in play.items()} == ({"B"} if in_time else {"Late"})
    assert sum(row["kind"] == "timer.fired" for row in play.rows(tables.audit)) == (0 if in_time else 12)
