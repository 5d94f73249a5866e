"""Calling a program again with all that it was told in a span of time."""

from datetime import timedelta
from typing import Any

import pytest

from engine import NotFound, NotValid, NotYours, WrongState, end_webhook, replay_dispatches
from engine.storage import tables
from tests.engine.commands.calls_out import calls, one_call, sent
from tests.small_office import Play

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def three(play: Play) -> None:
    """Three cases, an hour apart, of which the program was told."""
    one_call(play)
    for _ in range(2):
        play.now += HOUR
        play.open()
    for number in (1, 2, 3):
        sent(play, number)


def test_only_what_lies_in_the_span_goes_out_again_in_order(play: Play) -> None:
    done = play.engine.perform(replay_dispatches, 1, since=play.now - HOUR, until=play.now, at=play.now)

    assert done.number == 1
    assert [state for _, state, _ in calls(play)] == ["sent", "pending", "sent"]
    assert "dispatches.replayed" in [each["kind"] for each in play.rows(tables.audit)]


def test_more_than_a_thousand_at_once_are_refused(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.commands.replay_dispatches.MOST", 2)

    with pytest.raises(NotValid, match="at most 2 calls"):
        play.engine.perform(replay_dispatches, 1, since=play.now - 9 * HOUR, until=play.now + HOUR, at=play.now)

    assert {state for _, state, _ in calls(play)} == {"sent"}


def test_a_span_that_is_none_and_a_program_that_is_gone_are_refused(play: Play) -> None:
    with pytest.raises(NotValid):
        play.engine.perform(replay_dispatches, 1, since=play.now, until=play.now, at=play.now)
    with pytest.raises(NotFound):
        play.engine.perform(replay_dispatches, 9, since=play.now - HOUR, until=play.now, at=play.now)
    play.engine.perform(end_webhook, 1, at=play.now)

    with pytest.raises(WrongState):
        play.engine.perform(replay_dispatches, 1, since=play.now - HOUR, until=play.now, at=play.now)


def test_it_is_for_who_administers(play: Play) -> None:
    span: dict[str, Any] = {"since": play.now - HOUR, "until": play.now}

    with pytest.raises(NotYours):
        play.engine.perform(replay_dispatches, 1, **span, officer="sri", at=play.now)
