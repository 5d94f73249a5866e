"""A case at rest: nothing is done in it, and nothing of it is lost."""

from datetime import timedelta
from typing import Any

import pytest

from engine import (
    NotFound,
    NotValid,
    cancel_case,
    claim_work_item,
    complete_work_item,
    decide_disposition,
    pass_time,
    receive_message,
    reopen_case,
    resume_case,
    suspend_case,
)
from engine.domain.case import CaseNotRunning, CaseSuspended
from engine.domain.release import Allowance, Clock, Timing
from engine.queries.going_back import counter_steps_of_case, suspension_of
from engine.storage import tables
from engine.worker import Worker
from tests.small_office import Play


@pytest.fixture
def number(play: Play) -> str:
    play.publish("start -> user Home -> end", code="home")
    play.publish("start -> user A -> end\nboundary late (on A; timer PT3H) -> end over")
    return play.open()


def suspend(play: Play, number: str, officer: str = "tini", reason: str = "Menunggu keluarga") -> None:
    play.engine.perform(suspend_case, number, reason=reason, officer=officer, at=play.now)


def test_a_suspended_case_says_who_suspended_it_when_and_why(play: Play, number: str) -> None:
    suspend(play, number)

    with pytest.raises(CaseSuspended, match=r"Tini suspended case .* at 08:00: Menunggu keluarga"):
        play.complete("A")
    record = play.rows(tables.audit)[-1]
    assert (record["kind"], record["officer"]) == ("case.suspended", "tini")
    assert "keluarga" not in str(record["data"]) + play.rows(tables.counter_step)[0]["reason"]


def test_every_act_on_it_is_refused_and_leaves_no_trace(play: Play, number: str) -> None:
    item = play.item("A")
    suspend(play, number)
    before = [play.rows(each) for each in (tables.case, tables.work_item, tables.audit)]

    acts: list[tuple[Any, tuple[Any, ...], dict[str, Any]]] = [
        (claim_work_item, (item.number,), {"seen": item.version}),
        (complete_work_item, (item.number,), {"seen": item.version}),
        (cancel_case, (number,), {"reason": "Menolak"}),
        (suspend_case, (number,), {"reason": "Lagi"}),
        (decide_disposition, (number,), {"kind": "pulang", "ground": "Diminta"}),
    ]
    for act, given, more in acts:
        with pytest.raises(CaseSuspended):
            play.engine.perform(act, *given, officer="sri", at=play.now, **more)

    assert [play.rows(each) for each in (tables.case, tables.work_item, tables.audit)] == before


def test_its_timers_do_not_fire_and_keep_no_worker_busy(play: Play, number: str) -> None:
    suspend(play, number)
    play.now += timedelta(hours=4)

    assert Worker(play.engine, lambda: play.now).work_once() == 0
    play.engine.perform(pass_time, case=1, at=play.now)

    assert (play.state(number), play.count(tables.timer)) == ("suspended", 1)


def test_sub_cases_rest_with_it(play: Play, number: str) -> None:
    play.engine.perform(decide_disposition, number, kind="pulang", ground="Diminta", officer="sri", at=play.now)

    suspend(play, number)

    assert play.state(f"{number}.1") == "suspended"
    with play.engine.reading(at=play.now) as reader:
        officer = play.engine.officer("sri", at=play.now)
        why = suspension_of(reader, officer, 2)
        (step,) = counter_steps_of_case(reader, officer, 1)
        assert (why, step.reason) == (step, "Menunggu keluarga")
    with pytest.raises(CaseSuspended):
        play.complete("Home")


def test_a_message_to_it_is_kept(play: Play) -> None:
    play.publish("start -> catch reply (message answer) -> user B -> end", code="ask")
    number = play.open("ask")
    suspend(play, number)

    done = play.engine.perform(receive_message, "answer", keys={"case": number}, at=play.now)

    assert (done.state, done.notes) == ("suspended", ("message.kept",))
    assert (play.count(tables.subscription), play.items()) == (1, [])
    assert Worker(play.engine, lambda: play.now).work_once() == 0


def test_a_case_above_can_be_cancelled_over_one_that_rests(play: Play, number: str) -> None:
    play.engine.perform(decide_disposition, number, kind="pulang", ground="Diminta", officer="sri", at=play.now)
    suspend(play, f"{number}.1")

    play.engine.perform(cancel_case, number, reason="Menolak", officer="sri", at=play.now)

    assert (play.state(number), play.state(f"{number}.1")) == ("cancelled", "cancelled")
    assert play.count(tables.suspension) == 0


def test_a_case_is_suspended_for_a_reason_by_its_own_office_while_it_runs(play: Play, number: str) -> None:
    with pytest.raises(NotValid):
        suspend(play, number, reason=" ")
    with pytest.raises(NotFound):
        suspend(play, number, officer="wayan")
    play.complete("A")
    with pytest.raises(CaseNotRunning):
        suspend(play, number)


def test_its_clocks_stand_still_until_it_goes_on_and_move_by_just_that_time(play: Play) -> None:
    step = {"allowance": Allowance(4, Clock.WORKING_HOURS)}
    play.publish("start -> user A -> end", A=step, timings={"main": Timing(promised=Allowance(2, Clock.RUNNING_HOURS))})
    number = play.open()
    before = {row["code"]: row["due_at"] for row in play.rows(tables.clock)}
    play.now += timedelta(minutes=30)
    suspend(play, number)
    assert {row["state"] for row in play.rows(tables.clock)} == {"paused"}
    assert play.item("A").due_at is None

    play.now += timedelta(minutes=90)
    play.engine.perform(resume_case, number, reason="Lanjut", officer="tini", at=play.now)

    after = {row["code"]: row["due_at"] for row in play.rows(tables.clock)}
    noon = timedelta(hours=1)
    assert after["main/A"] == before["main/A"] + noon + timedelta(minutes=90) == play.item("A").due_at
    assert after["main"] == before["main"] + timedelta(minutes=90)
    (pause,) = play.rows(tables.pause)
    assert (pause["reason"], pause["whole"], pause["ends_at"]) == ("suspended", True, play.now)


def test_a_suspended_case_that_is_cancelled_and_opened_again_has_its_time(play: Play) -> None:
    play.publish("start -> user A -> end", A={"allowance": Allowance(4, Clock.WORKING_HOURS)})
    number = play.open()
    due = play.item("A").due_at
    play.now += timedelta(minutes=30)
    suspend(play, number)
    play.engine.perform(resume_case, number, reason="Lanjut", officer="tini", at=play.now)
    play.engine.perform(cancel_case, number, reason="Keliru", officer="sri", at=play.now)

    play.engine.perform(reopen_case, number, reason="Jadi", officer="sri", at=play.now)

    assert play.item("A").due_at == due
