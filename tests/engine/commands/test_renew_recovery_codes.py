"""Fresh recovery codes."""

import pytest

from engine import Receipt, WrongState, renew_recovery_codes
from tests.engine.commands.test_begin_factor import mine
from tests.engine.commands.test_pass_factor import give
from tests.engine.signing_on import enrol, enter, kinds, shown
from tests.small_office import Play


def renew(play: Play, code: str) -> Receipt:
    return play.engine.perform(renew_recovery_codes, code=code, officer="sri", at=play.now)


def test_those_before_are_not_good_any_more(play: Play) -> None:
    secret, old, _ = enrol(play)
    give(play, enter(play), old[0])
    left = mine(play).codes_left

    fresh = renew(play, shown(play, secret)).name.split()

    assert (left, mine(play).codes_left) == (9, 10)
    assert [give(play, enter(play), each) for each in (old[1], fresh[0])] == ["refused", "passed"]
    assert "recovery_codes.renewed" in kinds(play)


def test_a_recovery_code_or_a_wrong_one_does_not_draw_others(play: Play) -> None:
    _, old, _ = enrol(play)

    said = [renew(play, each).state for each in (old[0], "000000", "", "x", "y", "z")]

    assert said == ["refused"] * 5 + ["throttled"]


def test_without_a_second_factor_there_are_none(play: Play) -> None:
    with pytest.raises(WrongState):
        renew(play, "123456")
