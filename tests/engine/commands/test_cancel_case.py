"""Ending a case before its diagram does."""

import pytest

from engine import NotFound, NotValid, WrongState, cancel_case
from engine.storage import tables
from tests.small_office import Play


@pytest.fixture
def number(play: Play) -> str:
    play.publish("start -> user A -> end")
    return play.open()


def test_a_cancelled_case_leaves_nothing_open_and_says_who_and_why(play: Play, number: str) -> None:
    play.engine.perform(cancel_case, number, reason="Menolak layanan", officer="sri", at=play.now)

    assert (play.state(number), play.items()) == ("cancelled", [])
    (record,) = [row for row in play.rows(tables.audit) if row["kind"] == "case.cancelled"]
    assert record["officer"] == "sri"
    assert [row["ended_how"] for row in play.rows(tables.case)] == ["cancelled: Menolak layanan"]


def test_a_case_is_not_cancelled_without_a_reason(play: Play, number: str) -> None:
    with pytest.raises(NotValid):
        play.engine.perform(cancel_case, number, reason=" ", officer="sri", at=play.now)

    assert play.state(number) == "running"


def test_a_case_is_cancelled_once(play: Play, number: str) -> None:
    play.engine.perform(cancel_case, number, reason="Menolak layanan", officer="sri", at=play.now)

    with pytest.raises(WrongState):
        play.engine.perform(cancel_case, number, reason="Menolak layanan", officer="sri", at=play.now)


def test_another_office_sees_no_such_case(play: Play, number: str) -> None:
    with pytest.raises(NotFound):
        play.engine.perform(cancel_case, number, reason="Ingin tahu", officer="wayan", at=play.now)

    assert play.state(number) == "running"
