"""Laying an incident aside."""

import pytest

from engine import NotFound, NotValid, NotYours, WrongState, resolve_incident
from engine.storage import tables
from tests.small_office import Play


@pytest.fixture
def incident(play: Play) -> int:
    play.publish("start -> user A -> end")
    play.open()
    return _noted(play, play.rows(tables.case)[0]["id"])


def _noted(play: Play, case: int | None) -> int:
    with pytest.raises(WrongState) as refused:
        raise WrongState(act="deliver", what="a message", state="lost")
    return play.engine.note_incident(refused.value, case=case, event="pass_time", at=play.now)


def test_it_is_closed_with_a_note_and_nothing_is_tried_again(play: Play, incident: int) -> None:
    before = play.rows(tables.case)

    done = play.engine.perform(resolve_incident, incident, note="sudah diurus", officer="sri", at=play.now)

    assert (done.state, play.rows(tables.incident)[0]["state"]) == ("resolved", "resolved")
    assert play.rows(tables.case) == before
    last = play.rows(tables.audit)[-1]
    assert (last["kind"], last["data"]["note"]) == ("incident.resolved", "sudah diurus")


def test_it_is_closed_once_with_a_note_and_by_its_own_office(play: Play, incident: int) -> None:
    with pytest.raises(NotFound):
        play.engine.perform(resolve_incident, incident, note="x", officer="wayan", at=play.now)
    with pytest.raises(NotValid):
        play.engine.perform(resolve_incident, incident, note=" ", officer="sri", at=play.now)
    play.engine.perform(resolve_incident, incident, note="x", officer="sri", at=play.now)

    with pytest.raises(WrongState):
        play.engine.perform(resolve_incident, incident, note="x", officer="sri", at=play.now)


def test_one_of_no_case_is_the_administrators(play: Play) -> None:
    number = _noted(play, None)

    with pytest.raises(NotYours):
        play.engine.perform(resolve_incident, number, note="x", officer="sri", at=play.now)

    assert play.engine.perform(resolve_incident, number, note="x", at=play.now).state == "resolved"
