"""Somebody of a local government begins to set up a second factor."""

import pytest

from engine import NotYours, WrongState, begin_pemda_factor, list_citizens
from engine.queries.pemda import PemdaFactor, pemda_factor
from engine.storage import tables
from tests.engine.homes import Homes


def mine(homes: Homes, login: str) -> PemdaFactor:
    with homes.play.engine.reading(at=homes.play.now) as reader:
        return pemda_factor(reader, login)


def test_the_secret_is_told_to_its_owner_and_stands_nowhere_in_clear(homes: Homes) -> None:
    login = homes.pemda(enrolled=False)

    secret = homes.do(begin_pemda_factor, login).name

    found = mine(homes, login)
    assert (found.secret, found.confirmed_at, len(secret)) == (secret, None, 32)
    assert secret not in str([homes.play.rows(each) for each in tables.metadata.sorted_tables])
    assert [each["data"]["login"] for each in homes.records("pemda_factor.begun")] == [login]


def test_beginning_anew_draws_another(homes: Homes) -> None:
    login = homes.pemda(enrolled=False)

    first, second = (homes.do(begin_pemda_factor, login).name for _ in range(2))

    assert first != second
    assert mine(homes, login).secret == second


def test_one_that_stands_is_not_replaced_and_its_secret_not_told(homes: Homes) -> None:
    login = homes.pemda()

    with pytest.raises(WrongState):
        homes.do(begin_pemda_factor, login)

    assert mine(homes, login).secret == ""


def test_nobody_is_told_of_anybody_before_it_is_confirmed(homes: Homes) -> None:
    homes.case()
    login = homes.pemda(enrolled=False)
    homes.do(begin_pemda_factor, login)

    with pytest.raises(WrongState, match="second factor"):
        homes.do(list_citizens, login)

    assert homes.looks("citizens.listed") == []


def test_an_officer_has_none_here(homes: Homes) -> None:
    with pytest.raises(NotYours):
        homes.do(begin_pemda_factor, "sri")
