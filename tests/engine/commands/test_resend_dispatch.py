"""Sending a dead letter again."""

import pytest

from engine import NotFound, NotYours, resend_dispatch
from engine.commands.resend_dispatch import NotGivenUp
from engine.storage import tables
from tests.engine.commands.letters_out import give_up, one_mail, row, take
from tests.small_office import Play


@pytest.fixture(autouse=True)
def waiting(play: Play) -> None:
    one_mail(play)


def test_it_goes_out_anew_under_the_same_key(play: Play) -> None:
    key = row(play)["key"]
    give_up(play)

    play.engine.perform(resend_dispatch, 1, at=play.now)

    assert (row(play)["state"], row(play)["tries"], take(play).key) == ("pending", 0, key)
    assert "dispatch.resent" in [each["kind"] for each in play.rows(tables.audit)]


def test_only_what_was_given_up_is_sent_again(play: Play) -> None:
    with pytest.raises(NotGivenUp):
        play.engine.perform(resend_dispatch, 1, at=play.now)
    with pytest.raises(NotFound):
        play.engine.perform(resend_dispatch, 7, at=play.now)


def test_it_is_for_who_administers(play: Play) -> None:
    give_up(play)

    with pytest.raises(NotYours):
        play.engine.perform(resend_dispatch, 1, officer="sri", at=play.now)
