"""The ladder of a clock: each rung once, whatever restarts there were, and what is done at each."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from engine import (
    Engine,
    Unavailable,
    add_post,
    assign_post,
    cancel_case,
    resolve_incident,
    resume_case,
    suspend_case,
    take_back_work_item,
)
from engine.domain.organisation import Post
from engine.domain.release import Allowance, Clock, Duty, Rung, RungAct, Timing
from engine.storage import UnitOfWork, tables
from engine.storage.escalations import note_rung
from engine.worker import Worker
from tests.small_office import MORNING, Play

DAY = {"allowance": Allowance(1, Clock.WORKING_DAYS)}


def next_at(play: Play) -> datetime | None:
    moments = [row["next_at"] for row in play.rows(tables.clock) if row["state"] == "running" and row["next_at"]]
    return min(moments, default=None)


def climb(play: Play, rungs: int = 9) -> None:
    """Let the worker come each time that a rung is due."""
    while rungs and (moment := next_at(play)):
        Worker(play.engine, lambda at=moment: at).work_once()  # type: ignore[misc] # each has its own moment
        rungs -= 1


def climbed(play: Play) -> list[tuple[int, str, datetime]]:
    return [(row["rung"], row["act"], row["at"]) for row in play.rows(tables.escalation)]


def oversee(play: Play) -> None:
    """Let Tini oversee Jawa Tengah."""
    with play.engine.begin(at=MORNING) as work:
        add_post(work, Post("kepala", "Kepala", ("open", "oversee")))
        assign_post(work, "tini", post="kepala", office="JATENG", begins_on=date(2026, 1, 1))


def handing_over(play: Play) -> None:
    ladder = (Rung(1.0, None, RungAct.HAND_OVER),)
    play.publish("start -> user A -> end", timings={"main": Timing(ladder=ladder)}, A=DAY)


def test_the_usual_ladder_reminds_tells_and_opens_an_incident(play: Play) -> None:
    oversee(play)
    play.publish("start -> user A -> end", A=DAY)
    play.open()
    due = play.item("A").due_at
    assert due

    climb(play)

    told = climbed(play)
    assert [(rung, act) for rung, act, _ in told] == [(0, "remind"), (1, "tell-superior"), (2, "incident")]
    assert MORNING < told[0][2] < told[1][2] == due
    assert told[2][2] == due + timedelta(days=2)
    assert [row["to_post"] for row in play.rows(tables.escalation)][1:] == ["kepala", "kepala"]
    (incident,) = play.rows(tables.incident)
    assert (incident["event"], incident["case_id"], incident["element"]) == ("deadline", 1, "A")
    assert [each["kind"] for each in play.rows(tables.audit)].count("clock.rung_reached") == 3


def test_after_a_long_silence_each_rung_is_climbed_once_in_its_order(play: Play) -> None:
    play.publish("start -> user A -> end", A=DAY)
    play.open()
    late = MORNING + timedelta(days=30)

    done = [Worker(play.engine, lambda: late).work_once() for _ in range(3)]

    assert done == [1, 0, 0]
    assert climbed(play) == [(rung, act, late) for rung, act in enumerate(("remind", "tell-superior", "incident"))]
    assert len(play.rows(tables.incident)) == 1


def test_workers_at_the_same_moment_climb_it_once(play: Play, new_engine: Callable[[], Engine]) -> None:
    play.publish("start -> user A -> end", A=DAY)
    for _ in range(6):
        play.open()
    late = MORNING + timedelta(days=30)

    workers = [threading.Thread(target=Worker(new_engine(), lambda: late).work_once) for _ in range(3)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    while Worker(play.engine, lambda: late).work_once():
        pass

    assert len(climbed(play)) == 18
    assert len({(row["clock_id"], row["rung"]) for row in play.rows(tables.escalation)}) == 18
    assert [row["tries"] for row in play.rows(tables.incident)] == [1] * 6


def test_the_table_takes_no_rung_twice(play: Play) -> None:
    play.publish("start -> user A -> end", A=DAY)
    play.open()
    climb(play, 1)

    def again(work: UnitOfWork) -> None:
        (one,) = work.clocks.of(1)
        note_rung(work.connection, replace(one, rung=0), MORNING, "remind", None)

    with pytest.raises(Unavailable):
        play.engine.perform(again, at=play.now)
    assert len(climbed(play)) == 1


def test_a_step_that_is_done_climbs_no_more(play: Play) -> None:
    play.publish("start -> user A -> user B -> end", A=DAY)
    play.open()
    climb(play, 1)

    play.complete("A")

    assert next_at(play) is None
    assert Worker(play.engine, lambda: MORNING + timedelta(days=30)).work_once() == 0


def test_a_suspended_case_climbs_no_rung(play: Play) -> None:
    play.publish("start -> user A -> end", A=DAY)
    number = play.open()
    play.engine.perform(suspend_case, number, reason="Menunggu", officer="sri", at=play.now)

    assert Worker(play.engine, lambda: MORNING + timedelta(days=30)).work_once() == 0
    assert climbed(play) == []


def test_handing_over_gives_the_step_to_the_superiors_post(play: Play) -> None:
    oversee(play)
    handing_over(play)
    play.open()
    play.claim("A")

    climb(play)

    item = play.item("A")
    assert (item.post, item.officer, item.state.value) == ("kepala", None, "ready")
    assert play.complete("A", officer="tini").state == "completed"


def test_without_a_superior_the_step_stays_where_it_is_and_the_rung_is_kept(play: Play) -> None:
    handing_over(play)
    play.open()
    play.claim("A")

    climb(play)

    assert play.item("A").officer is not None
    assert [act for _, act, _ in climbed(play)] == ["hand-over"]


def test_an_incident_of_a_deadline_keeps_no_timer_back(play: Play) -> None:
    play.publish("start -> user A -> end\nboundary t (on A; timer P30D; beside) -> user B -> end b", A=DAY)
    play.open()
    climb(play)
    late: Any = MORNING + timedelta(days=30)

    Worker(play.engine, lambda: late).work_once()

    assert [each.element for each in play.items()] == ["A", "B"]


LATE = MORNING + timedelta(days=30)


def overdue(play: Play) -> dict[str, str]:
    """What is or was late, by its name, and how its incident stands."""
    return {row["element"]: row["state"] for row in play.rows(tables.incident)}


def settled(play: Play) -> list[tuple[str, str]]:
    """What the audit says of incidents that the program has resolved."""
    records = [row["data"] for row in play.rows(tables.audit) if row["kind"] == "incident.settled"]
    return [(each["title"], each["because"]) for each in records]


def be_late(play: Play) -> None:
    """Let everything come to its last rung, and go on from then."""
    climb(play, 20)
    play.now = LATE


def test_what_was_late_is_done_and_its_incident_is_over(play: Play) -> None:
    play.publish("start -> user A -> user B -> end", A=DAY)
    play.open()
    be_late(play)

    play.complete("A")

    (incident,) = play.rows(tables.incident)
    assert (incident["state"], incident["resolved_at"], incident["resolved_by"]) == ("resolved", play.now, "")
    assert settled(play) == [("A", "done")]
    assert "incident.resolved" not in {row["kind"] for row in play.rows(tables.audit)}


def test_only_what_is_over_is_settled_the_rest_with_its_own_end(play: Play) -> None:
    day = Allowance(1, Clock.WORKING_DAYS)
    duties = (Duty("answer", "Menjawab", day, ends="A"),)
    play.publish("start -> user A -> user B -> end", timings={"main": Timing(day, duties)}, A=DAY)
    play.open()
    be_late(play)

    play.complete("A")
    before = overdue(play)
    play.complete("B")

    assert before == {"A": "resolved", "Menjawab": "resolved", "Main": "open"}
    assert set(overdue(play).values()) == {"resolved"}
    assert settled(play) == [("A", "done"), ("Menjawab", "done"), ("Main", "done")]


def test_steps_of_one_name_have_an_incident_each(play: Play) -> None:
    play.publish("start -> user A (times 3) -> user B -> end", A=DAY)
    play.open()
    be_late(play)
    first, *_ = play.items()

    play.complete_number(first)

    assert [row["state"] for row in play.rows(tables.incident)] == ["resolved", "open", "open"]


def test_what_is_taken_away_is_not_needed_any_more(play: Play) -> None:
    play.publish("start -> user A -> end\nboundary t (on A; timer P20D) -> user B -> end b", A=DAY)
    play.open()
    be_late(play)

    Worker(play.engine, lambda: LATE).work_once()

    assert settled(play) == [("A", "withdrawn")]
    assert overdue(play) == {"A": "resolved"}


def test_a_case_that_is_cancelled_leaves_no_incident_of_its_time(play: Play) -> None:
    play.publish("start -> user A -> end", timings={"main": Timing(Allowance(1, Clock.WORKING_DAYS))}, A=DAY)
    number = play.open()
    be_late(play)

    play.engine.perform(cancel_case, number, reason="Menolak layanan", officer="sri", at=play.now)

    assert sorted(settled(play)) == [("A", "withdrawn"), ("Main", "withdrawn")]
    assert set(overdue(play).values()) == {"resolved"}


def test_what_stands_still_is_as_late_as_before(play: Play) -> None:
    play.publish("start -> user A -> user B -> end", A=DAY)
    number = play.open()
    be_late(play)

    play.engine.perform(suspend_case, number, reason="Menunggu", officer="sri", at=play.now)
    play.engine.perform(resume_case, number, reason="Sudah", officer="sri", at=play.now + timedelta(days=1))

    assert (overdue(play), settled(play)) == ({"A": "open"}, [])


def test_a_late_step_that_is_taken_back_opens_no_second_incident(play: Play) -> None:
    play.publish("start -> user A -> user B -> end", A=DAY)
    play.open()
    be_late(play)
    done = play.complete("A").number
    item = next(row for row in play.rows(tables.work_item) if row["id"] == done)

    play.engine.perform(
        take_back_work_item, done, seen=item["version"], reason="Salah berkas", officer="sri", at=play.now
    )
    Worker(play.engine, lambda: LATE + timedelta(days=9)).work_once()

    assert [row["state"] for row in play.rows(tables.clock)] == ["running"]
    assert [row["state"] for row in play.rows(tables.incident)] == ["resolved"]
    assert play.complete("A").state == "running"


def test_what_a_person_has_laid_aside_is_not_settled_once_more(play: Play) -> None:
    play.publish("start -> user A -> user B -> end", A=DAY)
    play.open()
    be_late(play)
    play.engine.perform(resolve_incident, 1, note="sudah diurus", officer="sri", at=play.now)

    play.complete("A")

    assert [row["resolved_by"] for row in play.rows(tables.incident)] == ["sri"]
    assert settled(play) == []


def test_whoever_waited_for_the_case_reads_it_with_the_incident(play: Play) -> None:
    play.publish("start -> user A -> end", A=DAY)
    play.open()
    climb(play, 2)
    (before,) = play.rows(tables.case)

    climb(play, 1)

    (after,) = play.rows(tables.case)
    assert after["version"] == before["version"] + 1
