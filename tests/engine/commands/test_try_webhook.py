"""A call that tells nothing, to see whether it arrives."""

import pytest

from engine import NotFound, NotYours, WrongState, end_webhook, try_webhook
from engine.storage import tables
from tests.engine.commands.calls_out import calls, listening, take
from tests.small_office import Play


@pytest.fixture(autouse=True)
def told(play: Play) -> None:
    listening(play)


def test_it_goes_out_though_the_program_asked_for_no_such_event_and_names_no_case(play: Play) -> None:
    play.engine.perform(try_webhook, 1, at=play.now)

    assert calls(play) == [("webhook.tried", "pending", 0)]
    assert set(take(play).body) == {"id", "event", "at"}
    assert "webhook.tried" in [each["kind"] for each in play.rows(tables.audit)]


def test_one_that_is_not_there_and_one_that_has_ended_are_not_tried(play: Play) -> None:
    with pytest.raises(NotFound):
        play.engine.perform(try_webhook, 9, at=play.now)
    play.engine.perform(end_webhook, 1, at=play.now)

    with pytest.raises(WrongState):
        play.engine.perform(try_webhook, 1, at=play.now)

    assert calls(play) == []


def test_it_is_for_who_administers(play: Play) -> None:
    with pytest.raises(NotYours):
        play.engine.perform(try_webhook, 1, officer="sri", at=play.now)
