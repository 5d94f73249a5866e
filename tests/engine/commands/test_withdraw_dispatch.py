"""Laying a delivery aside."""

import pytest

from engine import NotFound, NotYours, withdraw_dispatch
from engine.commands.withdraw_dispatch import DispatchOver
from engine.storage import tables
from tests.engine.commands.letters_out import give_up, one_mail, row, take
from tests.small_office import Play


@pytest.fixture(autouse=True)
def waiting(play: Play) -> None:
    one_mail(play)


def test_a_dead_letter_is_laid_aside_for_good(play: Play) -> None:
    give_up(play)

    play.engine.perform(withdraw_dispatch, 1, at=play.now)

    assert (row(play)["state"], take(play)) == ("withdrawn", None)
    assert "dispatch.withdrawn" in [each["kind"] for each in play.rows(tables.audit)]


def test_what_is_in_hand_or_over_is_left_alone(play: Play) -> None:
    take(play)
    with pytest.raises(DispatchOver):
        play.engine.perform(withdraw_dispatch, 1, at=play.now)
    with pytest.raises(NotFound):
        play.engine.perform(withdraw_dispatch, 7, at=play.now)


def test_it_is_for_who_administers(play: Play) -> None:
    with pytest.raises(NotYours):
        play.engine.perform(withdraw_dispatch, 1, officer="sri", at=play.now)
