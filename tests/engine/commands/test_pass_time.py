"""What happens by itself when its time has come."""

from datetime import timedelta
from typing import Any

from engine import offer_handover, open_case, pass_time
from engine.domain.release import Allowance, Clock
from engine.queries.handovers import ended_handovers
from engine.storage import tables
from engine.worker import Worker
from tests.small_office import MORNING, Play


def worker(play: Play) -> Worker:
    return Worker(play.engine, lambda: play.now)


def test_a_timer_fires_once_whoever_comes_to_it(play: Play) -> None:
    play.publish("start -> catch t (timer PT1H) -> user A -> end")
    play.open()
    play.now += timedelta(hours=2)

    done = [worker(play).work_once(), worker(play).work_once()]

    assert done == [1, 0]
    assert [each.element for each in play.items()] == ["A"]
    assert [row["kind"] for row in play.rows(tables.audit) if row["case_id"]] == ["case.opened", "timer.fired"]


def test_a_timer_that_is_not_due_stays(play: Play) -> None:
    play.publish("start -> catch t (timer PT1H) -> user A -> end")
    number = play.open()

    play.engine.perform(pass_time, case=1, at=play.now + timedelta(minutes=59))

    assert play.count(tables.timer) == 1
    assert play.state(number) == "running"


def test_a_release_starts_cases_by_its_clock_as_often_as_drawn(play: Play) -> None:
    play.publish("start s (timer R2/P1D) -> user A -> end")

    for day in (1, 2, 3):
        play.now = MORNING + timedelta(days=day)
        worker(play).work_once()

    assert play.count(tables.case) == 2
    assert play.count(tables.timer) == 0
    assert {each.office for each in play.items()} == {"PUSAT"}


def test_a_superseded_release_starts_nothing_any_more(play: Play) -> None:
    play.publish("start s (timer R/P1D) -> user A -> end")
    play.publish("start -> user A -> end")

    play.now += timedelta(days=2)

    assert worker(play).work_once() == 0
    assert play.count(tables.case) == 0


def test_an_item_is_due_by_the_calendar_of_its_office(play: Play) -> None:
    play.publish("start -> user A -> end", A={"allowance": Allowance(1, Clock.WORKING_DAYS)})

    play.engine.perform(open_case, "main", office="JATENG", officer="sri", at=MORNING)

    (item,) = play.items()
    assert item.due_at is not None
    assert MORNING < item.due_at < MORNING + timedelta(days=2)


def test_one_sick_case_does_not_keep_the_others_waiting(play: Play) -> None:
    play.publish("start -> catch t (timer PT1H) -> xor x\n x -[n > 1]-> user A -> end\n x -[n <= 1]-> user B -> end")
    play.open(facts={"n": 2})
    play.open()
    play.now += timedelta(hours=2)

    done = [worker(play).work_once(), worker(play).work_once()]

    assert done == [1, 0]
    assert [(row["event"], row["state"], row["case_id"]) for row in play.rows(tables.incident)] == [
        ("pass_time", "open", 2)
    ]
    assert [each.element for each in play.items()] == ["A"]


def test_an_offer_that_nobody_answered_ends_and_both_offices_are_told(play: Play) -> None:
    play.publish("start -> user A -> end")
    given: dict[str, Any] = {"to_office": "NTB", "reason": "Dekat keluarga", "until": play.now + timedelta(hours=3)}
    play.engine.perform(offer_handover, play.open(), officer="sri", at=play.now, **given)
    later = play.now + timedelta(hours=3)

    Worker(play.engine, lambda: later).work_once()

    with play.engine.reading(at=later) as reader:
        told = [ended_handovers(reader, play.engine.officer(each, at=later)) for each in ("sri", "wayan")]
    assert [row.offer.state for (row,) in told] == ["expired", "expired"]
    assert (play.rows(tables.audit)[-1]["kind"], play.item("A").office) == ("handover.expired", "JATENG")
    assert play.engine.due(at=later) == ()
