"""Putting off what could not be delivered."""

from datetime import timedelta

import pytest

from engine.commands.postpone_announcement import postpone_announcement
from engine.storage import tables
from tests.small_office import Play


@pytest.fixture
def announced(play: Play) -> int:
    play.publish("start -> service S -> user A -> end")
    play.open()
    (row,) = play.rows(tables.announcement)
    return int(row["id"])


def test_what_is_put_off_is_delivered_at_its_hour_and_not_before(play: Play, announced: int) -> None:
    until = play.now + timedelta(minutes=5)

    done = play.engine.perform(postpone_announcement, announced, until=until, at=play.now)

    assert done.state == "pending"
    assert play.engine.announced(at=until - timedelta(seconds=1)) == ()
    assert [each.number for each in play.engine.announced(at=until)] == [announced]


def test_what_is_given_up_is_not_tried_again_by_itself(play: Play, announced: int) -> None:
    done = play.engine.perform(postpone_announcement, announced, until=None, at=play.now)

    assert done.state == "failed"
    assert play.engine.announced(at=play.now + timedelta(days=365)) == ()
