"""Taking a work item."""

import pytest

from engine import NotFound, NotYours
from engine.domain.work_item import TakenByAnother
from engine.storage import tables
from tests.small_office import Play


@pytest.fixture(autouse=True)
def case(play: Play) -> str:
    play.publish("start -> user A -> end")
    return play.open()


def test_a_taken_item_is_its_officers_and_recorded(play: Play) -> None:
    play.claim("A")

    assert (play.item("A").state, play.item("A").officer) == ("reserved", 1)
    last = play.rows(tables.audit)[-1]
    assert (last["kind"], last["officer"], last["data"]["element"]) == ("work_item.claimed", "sri", "A")


def test_what_one_has_taken_another_of_the_post_cannot_take(play: Play) -> None:
    play.claim("A", officer="sri")

    with pytest.raises(TakenByAnother, match="Sri has it"):
        play.claim("A", officer="budi")

    assert play.item("A").officer == 1


@pytest.mark.parametrize(("officer", "refusal"), [("tini", NotYours), ("wayan", NotFound)])
def test_nobody_takes_what_is_not_of_their_post_and_office(play: Play, officer: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        play.claim("A", officer=officer)

    assert play.item("A").state == "ready"
