"""Marking what one was told as read: one's own, and nobody else's."""

from typing import Any

import pytest

from engine import read_notices
from engine.storage import tables
from tests.engine.delivery.told import DAY, climb
from tests.small_office import Play


@pytest.fixture(autouse=True)
def reminded(play: Play) -> None:
    """Sri and Budi have each been told of two cases."""
    play.publish("start -> user A -> end", A=DAY)
    play.open()
    play.open()
    climb(play, 1)


def read(play: Play, officer: str, **what: Any) -> int | None:
    return play.engine.perform(read_notices, **what, officer=officer, at=play.now).number


def unread(play: Play) -> list[int]:
    return [row["id"] for row in play.rows(tables.notice) if row["read_at"] is None]


def test_one_is_read_and_the_others_are_not(play: Play) -> None:
    assert [read(play, "sri", notice=1), read(play, "sri", notice=1)] == [1, 0]

    assert unread(play) == [2, 3, 4]


def test_all_up_to_one_are_read_and_none_of_somebody_else(play: Play) -> None:
    assert read(play, "sri", until=4) == 2

    assert unread(play) == [2, 4]


def test_somebody_elses_notice_answers_like_one_that_was_read(play: Play) -> None:
    assert read(play, "budi", notice=1) == 0

    assert unread(play) == [1, 2, 3, 4]


def test_it_leaves_no_link_in_the_chain(play: Play) -> None:
    before = play.count(tables.audit)

    read(play, "sri", until=4)

    assert play.count(tables.audit) == before
