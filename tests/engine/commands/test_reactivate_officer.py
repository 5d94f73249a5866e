"""Letting an officer in again."""

import pytest

from engine import NotFound, NotYours, deactivate_officer, reactivate_officer, sign_in
from engine.storage import tables
from tests.small_office import Play


def test_they_can_sign_in_again(play: Play) -> None:
    play.engine.perform(deactivate_officer, "sri", reason="cuti", at=play.now)

    play.engine.perform(reactivate_officer, "sri", at=play.now)

    assert play.engine.perform(sign_in, "sri", address="::1", right=True, at=play.now).state == "signed-in"
    assert "officer.reactivated" in [row["kind"] for row in play.rows(tables.audit)]


def test_who_is_active_needs_it_not(play: Play) -> None:
    with pytest.raises(NotFound):
        play.engine.perform(reactivate_officer, "sri", at=play.now)


def test_nobody_lets_a_colleague_in_without_the_power(play: Play) -> None:
    play.engine.perform(deactivate_officer, "sri", reason="cuti", at=play.now)

    with pytest.raises(NotYours):
        play.engine.perform(reactivate_officer, "sri", officer="budi", at=play.now)
