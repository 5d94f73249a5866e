"""Being done with a delivery: sent, put off, or given up."""

from datetime import timedelta

import pytest

from engine.commands.settle_dispatch import settle_dispatch
from tests.engine.commands.letters_out import LATER, one_mail, row, take
from tests.small_office import Play


@pytest.fixture(autouse=True)
def in_hand(play: Play) -> None:
    one_mail(play)
    take(play)


def test_it_has_been_sent(play: Play) -> None:
    play.engine.perform(settle_dispatch, 1, at=play.now)

    assert (row(play)["state"], row(play)["tries"], row(play)["done_at"]) == ("sent", 1, play.now)


def test_it_is_tried_again_then(play: Play) -> None:
    later = play.now + timedelta(seconds=10)
    play.engine.perform(settle_dispatch, 1, problem="busy", until=later, at=play.now)

    assert take(play) is None
    play.now = later
    assert take(play).tries == 1


def test_it_is_given_up(play: Play) -> None:
    play.engine.perform(settle_dispatch, 1, problem="x" * 500, at=play.now)

    assert (row(play)["state"], len(row(play)["problem"])) == ("failed", 120)


def test_what_is_in_nobodys_hand_cannot_be_settled(play: Play) -> None:
    play.engine.perform(settle_dispatch, 1, at=play.now)

    again = play.engine.perform(settle_dispatch, 1, problem="late news", at=play.now + LATER)

    assert (again.state, row(play)["state"]) == ("settled", "sent")
