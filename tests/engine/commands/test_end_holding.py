"""Ending an officer's time in a post."""

from datetime import date, timedelta

import pytest

from engine import NotFound, NotValid, NotYours, WrongState, end_holding
from engine.storage import tables
from tests.small_office import MORNING, Play

TODAY = MORNING.date()


def test_from_the_next_day_on_the_post_gives_no_right(play: Play) -> None:
    play.publish("start -> user A -> end")
    play.open()
    play.engine.perform(end_holding, 1, ends_on=TODAY, at=play.now)

    play.now += timedelta(days=1)

    with pytest.raises(NotFound):  # and so what lies there does not exist for them
        play.complete("A", "sri", seen=1)
    told = next(row["data"] for row in play.rows(tables.audit) if row["kind"] == "holding.ended")
    assert (told["login"], told["ends_on"]) == ("sri", "2026-05-04")


def test_a_post_does_not_end_before_it_begins_nor_twice(play: Play) -> None:
    with pytest.raises(NotValid):
        play.engine.perform(end_holding, 1, ends_on=date(2025, 12, 31), at=play.now)
    play.engine.perform(end_holding, 1, ends_on=TODAY, at=play.now)

    with pytest.raises(WrongState):
        play.engine.perform(end_holding, 1, ends_on=TODAY + timedelta(days=9), at=play.now)
    assert play.rows(tables.holding)[0]["ends_on"] == TODAY


def test_an_unknown_one_is_said_to_be_unknown_and_officers_may_not(play: Play) -> None:
    with pytest.raises(NotFound):
        play.engine.perform(end_holding, 999, ends_on=TODAY, at=play.now)
    with pytest.raises(NotYours):
        play.engine.perform(end_holding, 1, ends_on=TODAY, officer="budi", at=play.now)
