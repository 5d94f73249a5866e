"""Giving the slip to the person."""

import pytest

from engine import NotFound, NotValid, decide_disposition, issue_slip, read_slip
from engine.storage import tables
from tests.small_office import Play


@pytest.fixture
def number(play: Play) -> str:
    play.publish("start -> user A -> end")
    play.publish("start -> user H -> end", code="home")
    return play.open()


def test_code_and_pin_are_told_once_and_kept_as_hashes_only(play: Play, number: str) -> None:
    slip = play.engine.perform(issue_slip, number, officer="sri", at=play.now)

    assert (len(slip.code), len(slip.pin)) == (17, 6)
    kept = str(play.rows(tables.slip)) + str(play.rows(tables.audit))
    assert slip.code not in kept
    assert slip.pin not in kept.replace("-", "")
    assert play.rows(tables.audit)[-1]["kind"] == "slip.issued"


def test_a_new_slip_ends_the_one_before(play: Play, number: str) -> None:
    first = play.engine.perform(issue_slip, number, officer="sri", at=play.now)
    second = play.engine.perform(issue_slip, number, officer="sri", at=play.now)

    assert play.engine.perform(read_slip, first.code, first.pin, address="a", at=play.now) is None
    assert play.engine.perform(read_slip, second.code, second.pin, address="a", at=play.now) is not None


def test_it_belongs_to_the_main_case_and_to_offices_that_take_part(play: Play, number: str) -> None:
    sub = play.engine.perform(decide_disposition, number, kind="pulang", ground="Siap", officer="sri", at=play.now)

    with pytest.raises(NotValid):
        play.engine.perform(issue_slip, sub.sub_case, officer="sri", at=play.now)
    with pytest.raises(NotFound):
        play.engine.perform(issue_slip, number, officer="wayan", at=play.now)
