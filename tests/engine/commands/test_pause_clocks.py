"""Time that stands still for a lawful reason."""

from datetime import timedelta

import pytest

from engine import NotFound, NotValid, cancel_case, complete_work_item, end_pause, open_case, pause_clocks
from engine.domain.case import CaseNotRunning
from engine.domain.clock import ClockOver, PauseBackwards, PauseBeforeCase, PauseInFuture
from engine.storage import tables
from tests.engine.commands.clockwork import Clockwork
from tests.small_office import Play

NOON = timedelta(hours=1)
"""The break: the first four working hours of a day end where it begins."""
FILE = {"reason": "applicant", "text": "Menunggu paspor"}


@pytest.fixture
def office(play: Play) -> Clockwork:
    return Clockwork(play)


def test_every_clock_of_the_case_stands_still_and_the_item_with_it(office: Clockwork) -> None:
    office.later(hours=1)

    done = office.do(pause_clocks, office.number, **FILE)

    assert done.state == "paused"
    assert {row["state"] for row in office.play.rows(tables.clock)} == {"paused"}
    assert office.play.item("A").due_at is None
    assert {row["next_at"] for row in office.play.rows(tables.clock)} == {None}
    (record,) = office.records("clocks.paused")
    assert (record["officer"], record["data"]["reason"], len(record["data"]["clocks"])) == ("sri", "applicant", 4)
    assert "paspor" not in str(record["data"]) + office.play.rows(tables.pause)[0]["text"]


def test_deadlines_move_by_exactly_the_working_time_that_was_paused(office: Clockwork) -> None:
    before = office.due("A"), office.due("main")
    office.later(hours=1)
    pause = office.do(pause_clocks, office.number, **FILE).number

    office.later(hours=2, minutes=30)
    office.do(end_pause, pause)

    assert before[0] is not None
    assert before[1] is not None
    assert office.due("A") == before[0] + NOON + timedelta(hours=2, minutes=30)
    # the three working days end at close of business; what is left of the pause goes on the next morning
    assert office.due("main") == before[1] + timedelta(hours=15, minutes=30) + timedelta(hours=2, minutes=30)


def test_a_step_that_begins_in_a_pause_of_the_whole_case_stands_still_too(office: Clockwork) -> None:
    pause = office.do(pause_clocks, office.number, **FILE).number
    office.play.complete("A")
    assert office.play.item("B").due_at is None

    started = office.play.now
    office.later(hours=1)
    office.do(end_pause, pause)

    assert office.due("B") == started + timedelta(hours=5, minutes=0) + timedelta(hours=1)


def test_a_step_done_in_a_pause_keeps_the_time_that_it_had(office: Clockwork) -> None:
    promised = office.due("A")
    office.later(hours=1)
    office.do(pause_clocks, office.number, **FILE)
    office.later(hours=1)

    office.play.complete("A")

    assert promised is not None
    (row,) = [each for each in office.play.rows(tables.work_item) if each["element"] == "A"]
    assert row["due_at"] == office.due("A") == promised + NOON + timedelta(hours=1, minutes=1)


def test_chosen_clocks_stand_still_and_no_others(office: Clockwork) -> None:
    one = office.clock("answer")

    office.do(pause_clocks, office.number, **FILE, clocks=[one["id"]])

    assert {row["code"]: row["state"] for row in office.play.rows(tables.clock)} == {
        "answer": "paused",
        "main/A": "running",
        "main": "running",
        "firm": "running",
    }
    office.play.complete("A")
    assert office.clock("B")["state"] == "running"


def test_time_that_two_pauses_share_counts_once(office: Clockwork) -> None:
    before = office.due("A")
    office.later(hours=1)
    first = office.do(pause_clocks, office.number, **FILE).number
    office.later(minutes=30)
    second = office.do(pause_clocks, office.number, reason="other-agency", text="Menunggu Imigrasi").number
    office.later(minutes=30)
    office.do(end_pause, first)
    assert office.due("A") is None

    office.later(minutes=30)
    office.do(end_pause, second)

    assert before is not None
    assert office.due("A") == before + NOON + timedelta(minutes=90)


def test_a_pause_that_is_over_may_be_entered_afterwards_even_for_a_step_that_is_done(office: Clockwork) -> None:
    before = office.due("A")
    office.later(hours=2)
    office.play.complete("A")

    done = office.do(
        pause_clocks,
        office.number,
        **FILE,
        begins_at=office.opened + timedelta(minutes=30),
        ends_at=office.opened + timedelta(minutes=90),
    )

    assert before is not None
    assert done.state == "ended"
    assert office.due("A") == before + NOON + timedelta(hours=1)
    assert office.play.rows(tables.case)[0]["pauses"] == 0


def test_a_pause_lies_neither_in_the_future_nor_before_the_case(office: Clockwork) -> None:
    begun = office.opened
    office.later(hours=1)
    with pytest.raises(PauseInFuture):
        office.do(pause_clocks, office.number, **FILE, begins_at=office.play.now + timedelta(minutes=1))
    with pytest.raises(PauseBeforeCase):
        office.do(pause_clocks, office.number, **FILE, begins_at=begun - timedelta(minutes=1))
    with pytest.raises(PauseBackwards):
        office.do(pause_clocks, office.number, **FILE, begins_at=office.play.now, ends_at=begun)

    assert office.play.count(tables.pause) == 0


def test_only_the_office_that_has_the_clock_may_stop_it_for_a_reason_that_the_law_knows(office: Clockwork) -> None:
    with pytest.raises(NotFound):
        office.do(pause_clocks, office.number, **FILE, officer="wayan")
    with pytest.raises(NotValid, match="applicant"):
        office.do(pause_clocks, office.number, reason="suspended", text="Istirahat")
    with pytest.raises(NotValid):
        office.do(pause_clocks, office.number, reason="applicant", text=" ")


def test_a_clock_of_another_case_or_one_that_is_over_is_refused(office: Clockwork) -> None:
    over = office.clock("A")["id"]
    office.play.complete("A")
    with pytest.raises(ClockOver):
        office.do(pause_clocks, office.number, **FILE, clocks=[over])
    office.do(open_case, "main", office="JATENG")
    other = office.clock("answer")["id"]
    with pytest.raises(NotFound):
        office.do(pause_clocks, office.number, **FILE, clocks=[other])
    office.do(cancel_case, office.number, reason="Selesai")

    with pytest.raises(CaseNotRunning):
        office.do(pause_clocks, office.number, **FILE)


def test_a_case_that_ends_ends_its_pauses(office: Clockwork) -> None:
    office.do(pause_clocks, office.number, **FILE)
    office.play.complete("A")
    item = office.play.item("B")

    office.do(complete_work_item, item.number, seen=item.version)

    assert [row["ends_at"] is None for row in office.play.rows(tables.pause)] == [False]
    assert office.play.rows(tables.case)[0]["pauses"] == 0
    assert [row for row in office.play.rows(tables.clock) if row["due_at"] is None or row["ended_at"] is None] == []
