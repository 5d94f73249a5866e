"""Letting happen what an incident held up."""

from typing import Any

import pytest

from engine import NotFound, WrongState, retry_incident
from engine.commands.retry_incident import NothingFailed
from engine.domain.clock import DEADLINE
from engine.storage import tables
from engine.storage.incidents import record_incident
from tests.small_office import Play


@pytest.fixture
def incident(play: Play) -> int:
    play.publish("start -> user A -> end")
    play.open()
    (case,) = play.rows(tables.case)
    with pytest.raises(WrongState) as refused:
        raise WrongState(act="deliver", what="a message", state="lost")
    return play.engine.note_incident(refused.value, case=case["id"], event="pass_time", at=play.now)


def test_a_retried_incident_is_resolved_and_recorded(play: Play, incident: int) -> None:
    done = play.engine.perform(retry_incident, incident, officer="sri", at=play.now)

    assert done.state == "resolved"
    assert [row["state"] for row in play.rows(tables.incident)] == ["resolved"]
    last = play.rows(tables.audit)[-1]
    assert (last["kind"], last["officer"], last["data"]["incident"]) == ("incident.retried", "sri", incident)


def test_an_incident_is_retried_once(play: Play, incident: int) -> None:
    play.engine.perform(retry_incident, incident, officer="sri", at=play.now)

    with pytest.raises(WrongState):
        play.engine.perform(retry_incident, incident, officer="sri", at=play.now)


def test_another_office_cannot_retry_it(play: Play, incident: int) -> None:
    with pytest.raises(NotFound):
        play.engine.perform(retry_incident, incident, officer="wayan", at=play.now)

    assert [row["state"] for row in play.rows(tables.incident)] == ["open"]


def test_what_is_late_stays_late_where_something_else_is_tried_again(play: Play, incident: int) -> None:
    (case,) = play.rows(tables.case)
    late: dict[str, Any] = {"case": case["id"], "element": "A", "place": "step 1, rung 3", "at": play.now}
    with play.engine.begin(at=play.now) as work:
        record_incident(work.connection, code="Overdue", event=DEADLINE, **late)

    play.engine.perform(retry_incident, incident, officer="sri", at=play.now)
    with pytest.raises(NothingFailed, match="“A” is far too late"):
        play.engine.perform(retry_incident, incident + 1, officer="sri", at=play.now)

    assert [row["state"] for row in play.rows(tables.incident)] == ["resolved", "open"]
