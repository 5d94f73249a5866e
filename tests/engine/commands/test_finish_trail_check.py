"""Keeping what a check of every chain has found."""

from __future__ import annotations

import pytest

from engine import NotYours, TrailCheck, finish_trail_check, start_trail_check
from engine.storage import tables
from engine.storage.trail_check import marks
from tests.small_office import Play


@pytest.fixture
def asked(play: Play) -> int:
    """The record that asks for a check."""
    play.engine.perform(start_trail_check, at=play.now)
    with play.engine.database.reading() as connection:
        return marks(connection)[0]


def finish(play: Play, asked: int, **more: str) -> str:
    check = TrailCheck(place=None, seals=None, records=7)
    return str(play.engine.perform(finish_trail_check, check, asked=asked, at=play.now, **more).state)


def test_the_result_is_a_record_of_the_house_and_told_once(play: Play, asked: int) -> None:
    assert (finish(play, asked), finish(play, asked)) == ("finished", "told")

    (told,) = [row for row in play.rows(tables.audit) if row["kind"] == "trail_check.finished"]
    assert (told["case_id"], told["data"]["asked"], told["data"]["records"]) == (0, asked, 7)


def test_a_result_that_nobody_asked_for_is_not_kept(play: Play, asked: int) -> None:
    assert finish(play, asked + 1) == "told"


def test_an_officer_tells_no_result(play: Play, asked: int) -> None:
    with pytest.raises(NotYours):
        finish(play, asked, officer="sri")
