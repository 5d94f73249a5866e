"""Confirming a second factor with its first code."""

import pytest

from engine import WrongState, begin_factor, confirm_factor
from engine.storage import tables
from tests.engine.signing_on import enrol, enter, kinds, shown
from tests.small_office import Play


def test_from_then_on_every_other_session_waits_for_a_code(play: Play) -> None:
    other = enter(play)

    _, codes, here = enrol(play)

    found = [play.engine.session(each, at=play.now) for each in (here, other, enter(play), enter(play, "budi"))]
    assert [each.waits for each in found if each] == [False, True, True, False]
    assert len(set(codes)) == 10
    assert kinds(play)[-1] == "factor.confirmed"


def test_recovery_codes_are_kept_as_hashes_only(play: Play) -> None:
    _, codes, _ = enrol(play)

    everything = str([play.rows(each) for each in tables.metadata.sorted_tables])
    assert [each for each in codes if each in everything or each.replace("-", "") in everything] == []


def test_a_wrong_code_changes_nothing(play: Play) -> None:
    session = enter(play)
    secret = play.engine.perform(begin_factor, officer="sri", at=play.now).name
    right = shown(play, secret)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"

    for code in (wrong, "", "12345", "abcdef", right + "0"):
        done = play.engine.perform(confirm_factor, code=code, session=session, officer="sri", at=play.now)
        assert done.state == "refused"

    assert play.rows(tables.second_factor)[0]["confirmed_at"] is None


def test_there_is_something_to_confirm_once(play: Play) -> None:
    with pytest.raises(WrongState):
        play.engine.perform(confirm_factor, code="123456", session="x", officer="sri", at=play.now)
    enrol(play)
    with pytest.raises(WrongState):
        play.engine.perform(confirm_factor, code="123456", session="x", officer="sri", at=play.now)
