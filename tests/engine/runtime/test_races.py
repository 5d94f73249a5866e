"""Two officers, one item, the same moment: one wins, the other is told in a sentence."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from engine import Engine, Refusal, WrongState, complete_work_item, open_case
from engine.storage import tables
from engine.worker import Worker
from tests.small_office import MORNING, Play

ROUNDS = 200


def race(engine: Engine, item: int, barrier: threading.Barrier) -> dict[str, str | Refusal]:
    """Let two officers complete one item at once. Returns what each was told."""
    told: dict[str, str | Refusal] = {}

    def run(officer: str) -> None:
        barrier.wait()
        try:
            told[officer] = engine.perform(complete_work_item, item, seen=1, officer=officer, at=MORNING).state
        except Refusal as refusal:
            told[officer] = refusal

    officers = [threading.Thread(target=run, args=(each,)) for each in ("sri", "budi")]
    for each in officers:
        each.start()
    for each in officers:
        each.join()
    return told


def test_of_two_officers_one_wins_and_the_other_is_told(engine: Engine) -> None:
    play, barrier = Play(engine), threading.Barrier(2)
    play.publish("start -> user A -> user B -> end")
    for _ in range(ROUNDS):
        play.open()

    answers = [race(engine, item.number, barrier) for item in play.items()]

    for told in answers:
        winners = [each for each in told.values() if each == "running"]
        losers = [each for each in told.values() if isinstance(each, WrongState)]
        assert (len(winners), len(losers)) == (1, 1), told
    assert sum(row["kind"] == "work_item.completed" for row in play.rows(tables.audit)) == ROUNDS
    assert [each.element for each in play.items()] == ["B"] * ROUNDS


def test_one_key_sent_twice_at_once_opens_one_case(engine: Engine) -> None:
    play, barrier = Play(engine), threading.Barrier(2)
    play.publish("start -> user A -> end")
    numbers: list[str | None] = []

    def send(key: str) -> Callable[[], None]:
        def run() -> None:
            barrier.wait()
            numbers.append(engine.perform(open_case, "main", office="JATENG", officer="sri", at=MORNING, key=key).case)

        return run

    for turn in range(20):
        both = [threading.Thread(target=send(f"key {turn}")) for _ in range(2)]
        for each in both:
            each.start()
        for each in both:
            each.join()

    assert len(numbers) == 40
    assert play.count(tables.case) == len(set(numbers)) == 20


def test_the_branches_of_one_case_may_be_completed_at_once(engine: Engine) -> None:
    play, barrier = Play(engine), threading.Barrier(2)
    play.publish("start -> and f -> user A -> and j -> user C -> end\n f -> user B -> j")
    for _ in range(20):
        play.open()
    items = play.items()
    failed: list[BaseException] = []

    def run(number: int, officer: str) -> None:
        barrier.wait()
        try:
            engine.perform(complete_work_item, number, seen=1, officer=officer, at=MORNING)
        except BaseException as wrong:  # noqa: BLE001 - whatever it is, the test must see it
            failed.append(wrong)

    for first, second in zip(items[::2], items[1::2], strict=True):
        both = [threading.Thread(target=run, args=pair) for pair in ((first.number, "sri"), (second.number, "budi"))]
        for each in both:
            each.start()
        for each in both:
            each.join()

    assert failed == []
    assert [each.element for each in play.items()] == ["C"] * 20


@pytest.mark.parametrize("workers", [3])
def test_a_timer_fires_once_though_several_workers_come_to_it(engine: Engine, workers: int) -> None:
    play, barrier = Play(engine), threading.Barrier(workers)
    play.publish("start -> catch t (timer PT1H) -> user A -> end")
    for _ in range(10):
        play.open()

    def run() -> None:
        barrier.wait()
        Worker(engine, lambda: MORNING + timedelta(hours=2)).work_once()

    several = [threading.Thread(target=run) for _ in range(workers)]
    for each in several:
        each.start()
    for each in several:
        each.join()

    assert sum(row["kind"] == "timer.fired" for row in play.rows(tables.audit)) == 10
    assert [each.element for each in play.items()] == ["A"] * 10
