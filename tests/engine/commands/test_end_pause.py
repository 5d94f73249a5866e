"""What was awaited has come, and the time goes on."""

from datetime import timedelta

import pytest

from engine import NotFound, end_pause, pause_clocks, suspend_case
from engine.course.pausing import PauseOver, WithSuspension
from engine.domain.case import CaseSuspended
from engine.domain.clock import PauseBackwards, PauseInFuture
from engine.storage import tables
from tests.engine.commands.clockwork import Clockwork
from tests.small_office import Play


@pytest.fixture
def office(play: Play) -> Clockwork:
    return Clockwork(play)


@pytest.fixture
def pause(office: Clockwork) -> int:
    office.later(hours=1)
    return office.do(pause_clocks, office.number, reason="force-majeure", text="Banjir").number or 0


def test_it_ends_when_it_really_ended_though_it_is_entered_later(office: Clockwork, pause: int) -> None:
    ended = office.later(hours=1)
    office.later(hours=3)

    office.do(end_pause, pause, ended_at=ended)

    assert office.due("A") == office.opened + timedelta(hours=6)
    (record,) = office.records("pause.ended")
    assert record["data"]["ends_at"] == ended.isoformat()
    assert all(before is None for _, before, _ in record["data"]["clocks"])


def test_it_ends_once_and_neither_before_it_began_nor_in_the_future(office: Clockwork, pause: int) -> None:
    with pytest.raises(PauseInFuture):
        office.do(end_pause, pause, ended_at=office.play.now + timedelta(minutes=1))
    with pytest.raises(PauseBackwards):
        office.do(end_pause, pause, ended_at=office.opened)
    office.later(minutes=10)
    office.do(end_pause, pause)

    with pytest.raises(PauseOver):
        office.do(end_pause, pause)


def test_another_office_does_not_learn_that_it_is_there(office: Clockwork, pause: int) -> None:
    with pytest.raises(NotFound):
        office.do(end_pause, pause, officer="wayan")


def test_a_suspended_case_is_resumed_and_its_pause_not_ended_by_itself(office: Clockwork, pause: int) -> None:
    office.do(suspend_case, office.number, reason="Istirahat")
    row = office.play.rows(tables.pause)[-1]

    with pytest.raises(WithSuspension):
        office.do(end_pause, row["id"])
    with pytest.raises(CaseSuspended):
        office.do(end_pause, pause)
