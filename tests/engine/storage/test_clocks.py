"""The ledger: each clock is begun and ended just where the case moves, whatever the drawing is like."""

from datetime import timedelta
from typing import Any

import pytest

from engine import cancel_case, decide_disposition, pass_time, reopen_case, take_back_work_item
from engine.domain.release import Allowance, Clock, Duty, Rung, RungAct, Timing
from engine.storage import tables
from tests.small_office import Play

HOURS = Allowance(4, Clock.WORKING_HOURS, "Paling lama 4 jam kerja")
DAYS = Allowance(3, Clock.WORKING_DAYS, "Paling lama 3 hari kerja")
TEN = Allowance(10, Clock.WORKING_DAYS)
STEP: dict[str, Any] = {"allowance": HOURS}


def open_clocks(play: Play) -> list[str]:
    """Each open clock in a word."""
    return sorted(f"{row['kind']} {row['code']}" for row in play.rows(tables.clock) if row["ended_at"] is None)


def undo(play: Play, element: str) -> None:
    row = next(each for each in reversed(play.rows(tables.work_item)) if each["element"] == element)
    more = {"seen": row["version"], "reason": "Salah ketik", "officer": "sri", "at": play.now}
    play.engine.perform(take_back_work_item, row["id"], **more)


def test_a_step_with_a_time_has_a_clock_and_its_item_the_same_moment(play: Play) -> None:
    play.publish("start -> user A -> user B -> end", A=STEP)

    play.open()

    (row,) = play.rows(tables.clock)
    assert (row["kind"], row["state"], row["office"], row["due_at"]) == (
        "step",
        "running",
        "JATENG",
        play.item("A").due_at,
    )
    assert row["next_at"] < row["due_at"]
    play.complete("A")
    assert [each["state"] for each in play.rows(tables.clock)] == ["ended"]


def test_each_call_has_a_clock_of_its_own_while_anything_in_it_waits(play: Play) -> None:
    play.publish(
        """
        start -> user Plan -> and f -> call One (calls visit) -> and j -> user Sum -> end
        f -> call Two (calls visit) -> j
        process visit {
            start -> user Go -> user Write -> end
        }
        """,
        timings={"visit": Timing(promised=DAYS), "main": Timing(promised=TEN)},
    )
    play.open()
    assert open_clocks(play) == ["case main"]

    play.complete("Plan")
    assert open_clocks(play) == ["case main", "procedure visit", "procedure visit"]
    first, second = [each for each in play.items() if each.element == "Go"]
    play.complete_number(first)
    assert open_clocks(play) == ["case main", "procedure visit", "procedure visit"]
    play.complete("Write")
    assert open_clocks(play) == ["case main", "procedure visit"]
    play.complete_number(second)
    play.complete("Write")

    assert open_clocks(play) == ["case main"]
    assert len({row["token"] for row in play.rows(tables.clock) if row["kind"] == "procedure"}) == 2


def test_each_instance_of_a_call_has_a_clock_of_its_own_and_a_loop_a_new_one_each_time(play: Play) -> None:
    play.publish(
        """
        start -> xor again -> call Each (calls visit; each person in persons) -> user Check -> xor x
        x -[outcome = "more"]-> again
        x -[*]-> end
        process visit {
            start -> user Go -> end
        }
        """,
        timings={"visit": Timing(promised=DAYS)},
    )
    play.open(facts={"persons": ["a", "b", "c"]})
    assert open_clocks(play) == ["procedure visit"] * 3

    play.complete_number(play.items()[1])
    assert open_clocks(play) == ["procedure visit"] * 2


def test_the_clock_of_a_stage_lasts_until_the_case_enters_another(play: Play) -> None:
    play.publish(
        "start -> user A -> user B -> user C -> end",
        A={"stage": "Terima", "stage_allowance": DAYS},
        C={"stage": "Layani", "stage_allowance": TEN},
    )
    play.open()
    play.complete("A")
    assert open_clocks(play) == ["stage Terima"]

    play.complete("B")

    assert open_clocks(play) == ["stage Layani"]
    undo(play, "B")
    assert open_clocks(play) == ["stage Terima"]
    assert [row["state"] for row in play.rows(tables.clock)] == ["running", "withdrawn"]


def duty(code: str, begins: str = "", ends: str = "") -> Duty:
    return Duty(code, code.title(), DAYS, begins, ends)


def test_a_duty_is_counted_from_one_element_to_another(play: Play) -> None:
    owed = (duty("answer", "B", "C"), duty("whole"), duty("never", "A", "D"))
    play.publish(
        """
        start -> user A -> user B -> user C -> xor x
        x -[outcome = "d"]-> user D -> end other
        x -[*]-> end
        """,
        timings={"main": Timing(duties=owed)},
    )
    play.open()
    assert open_clocks(play) == ["duty never", "duty whole"]

    play.complete("A")
    assert open_clocks(play) == ["duty answer", "duty never", "duty whole"]
    play.complete("B")
    assert open_clocks(play) == ["duty answer", "duty never", "duty whole"]
    play.complete("C")

    assert {row["code"]: row["state"] for row in play.rows(tables.clock)} == {
        "answer": "ended",
        "whole": "ended",
        "never": "withdrawn",
    }


def test_a_duty_that_ended_with_a_step_is_owed_again_when_the_step_is_taken_back(play: Play) -> None:
    play.publish("start -> user A -> user B -> user C -> end", timings={"main": Timing(duties=(duty("a", "A", "B"),))})
    play.open()
    play.complete("A")
    before = play.rows(tables.clock)
    play.complete("B")
    assert open_clocks(play) == []

    undo(play, "B")

    assert play.rows(tables.clock) == before


def test_duties_of_two_calls_of_one_procedure_are_told_apart(play: Play) -> None:
    play.publish(
        """
        start -> and f -> call One (calls visit) -> and j -> end
        f -> call Two (calls visit) -> j
        process visit {
            start -> user Go -> user Write -> end
        }
        """,
        timings={"visit": Timing(duties=(duty("report", "Write", "Write"),))},
    )
    play.open()
    for item in play.items():
        play.complete_number(item)
    assert open_clocks(play) == ["duty report"] * 2

    play.complete_number(play.items()[0])

    assert open_clocks(play) == ["duty report"]


def test_a_case_that_has_ended_leaves_no_clock_running_and_a_sub_case_has_its_own(play: Play) -> None:
    play.publish("start -> user Help -> end", code="home", timings={"home": Timing(promised=DAYS)}, Help=STEP)
    play.publish("start -> user A -> and f -> user B -> end", timings={"main": Timing(promised=TEN)}, A=STEP, B=STEP)
    number = play.open()
    play.engine.perform(decide_disposition, number, kind="pulang", ground="Diminta", officer="sri", at=play.now)
    assert open_clocks(play) == ["case home", "case main", "step home/Help", "step main/A"]

    play.now += timedelta(minutes=5)
    play.engine.perform(cancel_case, number, reason="Menolak", officer="sri", at=play.now)

    assert open_clocks(play) == []
    assert {row["state"] for row in play.rows(tables.clock)} == {"withdrawn"}


def test_a_case_that_is_opened_again_has_its_clocks_with_their_time(play: Play) -> None:
    timings = {"main": Timing(promised=TEN, duties=(duty("whole"), duty("a", "A", "B")))}
    play.publish("start -> user A -> user B -> end", timings=timings, A=STEP, B=STEP)
    number = play.open()
    play.complete("A")
    before = play.rows(tables.clock)
    play.now += timedelta(hours=1)
    play.engine.perform(cancel_case, number, reason="Keliru", officer="sri", at=play.now)
    assert open_clocks(play) == []

    play.now += timedelta(hours=1)
    play.engine.perform(reopen_case, number, reason="Ternyata jadi", officer="sri", at=play.now)

    assert play.rows(tables.clock) == before


def test_a_step_that_nobody_needs_any_more_is_withdrawn(play: Play) -> None:
    play.publish(
        """
        start -> user A -> end
        boundary late (on A; timer PT3H) -> user B -> end over
        """,
        A=STEP,
    )
    play.open()
    play.now += timedelta(hours=4)

    play.engine.perform(pass_time, case=1, at=play.now)

    assert [row["state"] for row in play.rows(tables.clock)] == ["withdrawn"]


@pytest.mark.parametrize("own", [True, False])
def test_a_clock_climbs_the_ladder_of_its_procedure(play: Play, own: bool) -> None:
    ladder = (Rung(0.5, None, RungAct.REMIND), Rung(None, HOURS, RungAct.HAND_OVER))
    play.publish("start -> user A -> end", A=STEP, timings={"main": Timing(ladder=ladder)} if own else {})

    play.open()

    (row,) = play.rows(tables.clock)
    assert (row["next_at"] - row["started_at"]) == timedelta(hours=2 if own else 3)
    assert (row["ladder"] is not None) == own
