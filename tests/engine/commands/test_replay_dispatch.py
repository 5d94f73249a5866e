"""Calling a program again with one thing that it was told."""

import pytest

from engine import NotFound, NotYours, WrongState, end_webhook, replay_dispatch
from engine.commands.replay_dispatch import CallUnderWay
from engine.storage import tables
from tests.engine.commands.calls_out import calls, one_call, sent, take
from tests.engine.commands.letters_out import one_mail
from tests.small_office import Play


def test_what_was_sent_goes_out_again_under_the_same_key(play: Play) -> None:
    one_call(play)
    key = sent(play)

    play.engine.perform(replay_dispatch, 1, at=play.now)

    assert calls(play) == [("case.opened", "pending", 0)]
    assert take(play).key == key
    assert "dispatch.replayed" in [each["kind"] for each in play.rows(tables.audit)]


def test_what_is_on_its_way_is_not_sent_beside_itself(play: Play) -> None:
    one_call(play)

    with pytest.raises(CallUnderWay):
        play.engine.perform(replay_dispatch, 1, at=play.now)


def test_a_program_that_is_told_nothing_any_more_gets_nothing_again(play: Play) -> None:
    one_call(play)
    sent(play)
    play.engine.perform(end_webhook, 1, at=play.now)

    with pytest.raises(WrongState):
        play.engine.perform(replay_dispatch, 1, at=play.now)

    assert calls(play) == [("case.opened", "sent", 1)]


def test_a_mail_is_no_call_and_it_is_for_who_administers(play: Play) -> None:
    one_mail(play)

    with pytest.raises(NotFound):
        play.engine.perform(replay_dispatch, 1, at=play.now)
    with pytest.raises(NotFound):
        play.engine.perform(replay_dispatch, 77, at=play.now)
    with pytest.raises(NotYours):
        play.engine.perform(replay_dispatch, 1, officer="sri", at=play.now)
