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


def test_the_closing_reason_stands_with_the_case_and_in_the_audit_but_not_what_was_said(
    play: Play, number: str
) -> None:
    said = "Tiga kali dihubungi, tidak menjawab."

    play.engine.perform(cancel_case, number, reason=said, closing="tidak-dapat-dihubungi", officer="sri", at=play.now)

    assert [row["closing"] for row in play.rows(tables.case)] == ["tidak-dapat-dihubungi"]
    (record,) = [row for row in play.rows(tables.audit) if row["kind"] == "case.cancelled"]
    assert record["data"]["closing"] == "tidak-dapat-dihubungi"
    assert said not in str(record)


def test_a_closing_reason_is_a_code(play: Play, number: str) -> None:
    with pytest.raises(NotValid):
        play.engine.perform(cancel_case, number, reason="Ada", closing="Tidak menjawab!", officer="sri", at=play.now)


def test_another_office_sees_no_such_case(play: Play, number: str) -> None:
    with pytest.raises(NotFound):
        play.engine.perform(cancel_case, number, reason="Ingin tahu", officer="wayan", at=play.now)

    assert play.state(number) == "running"
