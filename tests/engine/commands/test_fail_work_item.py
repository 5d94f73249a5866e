"""Ending a work item with an error."""

import pytest

from engine import NotFound, NotValid, Receipt, fail_work_item
from engine.commands.fail_work_item import NobodyCatches
from engine.domain.release import Allowance, Clock
from engine.domain.work_item import StalePage
from engine.storage import tables
from tests.small_office import Play

CATCHES = """
    start -> service S -> end
    boundary b (on S; error NO_DATA) -> user Mend -> end mended
"""


def fail(play: Play, element: str, code: str, officer: str = "sri", seen: int | None = None) -> Receipt:
    item = play.item(element)
    seen = item.version if seen is None else seen
    return play.engine.perform(fail_work_item, item.number, seen=seen, code=code, officer=officer, at=play.now)


def test_the_case_goes_on_where_the_error_is_caught(play: Play) -> None:
    play.publish(CATCHES)
    play.open()

    fail(play, "S", "NO_DATA")

    assert [each.element for each in play.items()] == ["Mend"]
    record = play.rows(tables.audit)[-1]
    assert (record["kind"], record["officer"], record["data"]["code"]) == ("work_item.failed", "sri", "NO_DATA")
    assert [row["state"] for row in play.rows(tables.announcement)] == ["withdrawn"]


def test_the_clock_of_a_step_that_ended_with_an_error_is_over(play: Play) -> None:
    step = {"allowance": Allowance(4, Clock.WORKING_HOURS)}
    play.publish("start -> user A -> end\nboundary b (on A; error E) -> user Mend -> end mended", A=step)
    play.open()

    fail(play, "A", "E")

    assert [(row["name"], row["state"]) for row in play.rows(tables.clock)] == [("A", "ended")]


def test_an_error_that_nothing_catches_is_refused_and_changes_nothing(play: Play) -> None:
    play.publish(CATCHES)
    number = play.open()

    with pytest.raises(NobodyCatches):
        fail(play, "S", "NO_DAT")

    assert (play.state(number), [each.element for each in play.items()]) == ("running", ["S"])


def test_an_error_may_lead_to_an_end_of_the_case_that_is_drawn(play: Play) -> None:
    play.publish("start -> user A -> end\nboundary b (on A; error E) -> end failed (error E)")
    number = play.open()

    fail(play, "A", "E")

    assert play.state(number) == "completed"


def test_an_item_of_another_office_is_not_there(play: Play) -> None:
    play.publish(CATCHES)
    play.open()

    with pytest.raises(NotFound):
        fail(play, "S", "NO_DATA", officer="wayan")


def test_a_stale_page_and_an_empty_code_are_refused(play: Play) -> None:
    play.publish(CATCHES)
    play.open()

    with pytest.raises(StalePage):
        fail(play, "S", "NO_DATA", seen=7)
    with pytest.raises(NotValid):
        fail(play, "S", " ")
