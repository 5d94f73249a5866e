"""Closing a group."""

import pytest

from engine import NotFound, WrongState, close_event
from engine.storage import tables
from tests.engine.commands.rombongan import admit, opened
from tests.small_office import Play


def test_nobody_is_added_to_a_closed_group_and_its_cases_go_on(play: Play) -> None:
    number = opened(play)
    case = admit(play, number).case

    play.engine.perform(close_event, number, officer="budi", at=play.now)

    with pytest.raises(WrongState):
        admit(play, number, nama="Rini Contoh")
    assert play.state(case or "") == "running"
    assert "event.closed" in {row["kind"] for row in play.rows(tables.audit)}


def test_a_group_of_another_office_does_not_exist(play: Play) -> None:
    number = opened(play)

    with pytest.raises(NotFound):
        play.engine.perform(close_event, number, officer="wayan", at=play.now)
