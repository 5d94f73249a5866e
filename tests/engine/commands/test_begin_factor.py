"""Beginning to set up a second factor."""

import pytest

from engine import NotYours, WrongState, begin_factor
from engine.queries.sign_on import MyFactor, my_factor
from engine.storage import tables
from tests.engine.signing_on import enrol, kinds
from tests.small_office import Play


def mine(play: Play, login: str = "sri") -> MyFactor:
    with play.engine.reading(at=play.now) as reader:
        return my_factor(reader, play.engine.officer(login, at=play.now))


def test_the_secret_is_told_to_its_officer_and_stands_nowhere_in_clear(play: Play) -> None:
    secret = play.engine.perform(begin_factor, officer="sri", at=play.now).name

    found = mine(play)
    assert (found.secret, found.confirmed_at, len(secret)) == (secret, None, 32)
    assert secret not in str([play.rows(each) for each in tables.metadata.sorted_tables])
    assert kinds(play)[-1] == "factor.begun"


def test_beginning_anew_draws_another(play: Play) -> None:
    first, second = (play.engine.perform(begin_factor, officer="sri", at=play.now).name for _ in range(2))

    assert first != second
    assert mine(play).secret == second


def test_one_that_stands_is_not_replaced_and_its_secret_not_told(play: Play) -> None:
    enrol(play)

    with pytest.raises(WrongState):
        play.engine.perform(begin_factor, officer="sri", at=play.now)

    assert mine(play).secret == ""


def test_the_house_has_no_device(play: Play) -> None:
    with pytest.raises(NotYours):
        play.engine.perform(begin_factor, at=play.now)
