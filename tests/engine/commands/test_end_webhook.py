"""Telling a program nothing any more."""

import pytest

from engine import NotFound, NotYours, WrongState, add_webhook, end_webhook
from engine.storage import tables
from tests.small_office import Play


@pytest.fixture(autouse=True)
def added(play: Play) -> None:
    play.publish("start -> user A -> end")
    play.engine.perform(
        add_webhook, name="Mitra", url="https://mitra.contoh.example/", kinds=["case.opened"], at=play.now
    )


def test_nothing_is_written_for_it_any_more(play: Play) -> None:
    play.open()
    play.engine.perform(end_webhook, 1, at=play.now)
    play.open()

    assert play.count(tables.dispatch) == 1
    assert [row["kind"] for row in play.rows(tables.audit)].count("webhook.ended") == 1


def test_it_ends_once(play: Play) -> None:
    play.engine.perform(end_webhook, 1, at=play.now)

    with pytest.raises(WrongState):
        play.engine.perform(end_webhook, 1, at=play.now)
    with pytest.raises(NotFound):
        play.engine.perform(end_webhook, 2, at=play.now)


def test_it_is_for_who_administers(play: Play) -> None:
    with pytest.raises(NotYours):
        play.engine.perform(end_webhook, 1, officer="sri", at=play.now)
