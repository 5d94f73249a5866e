"""A pause that was entered wrongly stays to be read, and no longer counts."""

from datetime import timedelta
from typing import Any

import pytest

from engine import NotFound, NotValid, complete_work_item, correct_pause, pause_clocks, suspend_case
from engine.commands.correct_pause import NothingChanged
from engine.course.pausing import PauseVoid, WithSuspension
from engine.domain.case import CaseNotRunning
from engine.domain.clock import PauseBeforeCase
from engine.storage import tables
from tests.engine.commands.clockwork import Clockwork
from tests.small_office import Play

WHY = {"why": "Salah berkas"}


@pytest.fixture
def office(play: Play) -> Clockwork:
    return Clockwork(play)


@pytest.fixture
def pause(office: Clockwork) -> int:
    office.later(hours=1)
    return office.do(pause_clocks, office.number, reason="applicant", text="Menunggu paspor").number or 0


def test_one_that_never_was_leaves_the_deadlines_where_they_were(office: Clockwork, pause: int) -> None:
    assert office.due("A") is None
    office.later(hours=1)

    done = office.do(correct_pause, pause, **WHY, void=True)

    assert (done.state, office.due("A")) == ("void", office.opened + timedelta(hours=4))
    (row,) = office.play.rows(tables.pause)
    assert (row["ends_at"], row["voided_at"]) == (None, office.play.now)
    assert "berkas" not in row["voided_why"] + str(office.records("pause.corrected"))
    assert office.play.rows(tables.case)[0]["pauses"] == 0


def test_what_it_should_have_been_stands_instead_of_it(office: Clockwork, pause: int) -> None:
    office.later(hours=2)

    done = office.do(correct_pause, pause, **WHY, reason="other-agency", ends_at=office.opened + timedelta(hours=2))

    wrong, right = office.play.rows(tables.pause)
    assert (right["id"], right["replaces_id"], right["reason"]) == (done.number, wrong["id"], "other-agency")
    assert right["begins_at"] == wrong["begins_at"]
    assert office.due("A") == office.opened + timedelta(hours=6)
    (record,) = office.records("pause.corrected")
    assert (record["data"]["pause"], record["data"]["by_pause"]) == (pause, done.number)


def test_one_that_was_ended_by_mistake_goes_on(office: Clockwork) -> None:
    ended = office.later(hours=1)
    said: dict[str, Any] = {"reason": "applicant", "text": "Menunggu", "begins_at": office.opened}
    pause = office.do(pause_clocks, office.number, **said, ends_at=ended).number

    office.do(correct_pause, pause, **WHY, still_open=True)

    assert (office.due("A"), office.play.rows(tables.case)[0]["pauses"]) == (None, 1)


def test_one_of_all_clocks_becomes_one_of_chosen_ones(office: Clockwork, pause: int) -> None:
    chosen = office.clock("answer")["id"]

    office.do(correct_pause, pause, **WHY, clocks=[chosen])

    states = {row["code"]: row["state"] for row in office.play.rows(tables.clock)}
    assert (states["answer"], states["main/A"], states["main"]) == ("paused", "running", "running")


def test_it_counts_for_a_case_that_has_ended_too(office: Clockwork, pause: int) -> None:
    office.play.complete("A")
    item = office.play.item("B")
    office.do(complete_work_item, item.number, seen=item.version)

    office.do(correct_pause, pause, **WHY, void=True)

    assert office.due("A") == office.opened + timedelta(hours=4)
    with pytest.raises(PauseVoid):
        office.do(correct_pause, pause, **WHY, still_open=True)


def test_it_takes_a_reason_a_difference_and_a_span_that_could_have_been(office: Clockwork, pause: int) -> None:
    with pytest.raises(NotValid):
        office.do(correct_pause, pause, why="", void=True)
    with pytest.raises(NothingChanged):
        office.do(correct_pause, pause, **WHY, reason="applicant")
    with pytest.raises(PauseBeforeCase):
        office.do(correct_pause, pause, **WHY, begins_at=office.opened - timedelta(days=1))
    with pytest.raises(NotFound):
        office.do(correct_pause, pause, **WHY, void=True, officer="wayan")

    assert office.play.rows(tables.pause)[0]["voided_at"] is None


def test_what_is_void_or_comes_of_a_suspension_is_not_corrected(office: Clockwork, pause: int) -> None:
    office.do(correct_pause, pause, **WHY, void=True)
    with pytest.raises(PauseVoid):
        office.do(correct_pause, pause, **WHY, void=True)

    office.do(suspend_case, office.number, reason="Istirahat")

    with pytest.raises(WithSuspension):
        office.do(correct_pause, office.play.rows(tables.pause)[-1]["id"], **WHY, void=True)


def test_a_pause_cannot_go_on_in_a_case_that_is_over(office: Clockwork, pause: int) -> None:
    office.play.complete("A")
    office.play.complete("B")

    with pytest.raises(CaseNotRunning):
        office.do(correct_pause, pause, **WHY, still_open=True)
