"""Giving a work item back."""

import pytest

from engine.domain.work_item import NotReserved, TakenByAnother
from engine.storage import tables
from tests.small_office import Play


@pytest.fixture(autouse=True)
def case(play: Play) -> str:
    play.publish("start -> user A -> end")
    return play.open()


def test_an_item_that_is_given_back_is_everybodys_again_and_recorded(play: Play) -> None:
    play.claim("A")

    play.give_back("A")

    assert (play.item("A").state, play.item("A").officer) == ("ready", None)
    last = play.rows(tables.audit)[-1]
    assert (last["kind"], last["officer"]) == ("work_item.released", "sri")


def test_nobody_gives_back_what_another_has(play: Play) -> None:
    play.claim("A", officer="sri")

    with pytest.raises(TakenByAnother):
        play.give_back("A", officer="budi")

    assert play.item("A").officer == 1


def test_what_nobody_has_taken_cannot_be_given_back(play: Play) -> None:
    with pytest.raises(NotReserved):
        play.give_back("A")
