"""Giving a work item to a colleague."""

from typing import Any

import pytest

from engine import NotFound, NotValid, NotYours, WrongState, add_post, keep_draft, reassign_work_item
from engine.domain.organisation import Post
from engine.domain.work_item import StalePage, TakenByAnother
from engine.queries.drafts import own_draft
from engine.storage import tables
from tests.small_office import Play


@pytest.fixture(autouse=True)
def case(play: Play) -> str:
    play.publish("start -> user A -> end")
    play.engine.perform(add_post, Post("ketua", "Ketua", ("oversee",)), at=play.now)
    return play.open()


def reassign(play: Play, officer: str, to: str, **more: int) -> None:
    item = play.item("A")
    given: dict[str, Any] = {"seen": item.version, **more}
    play.engine.perform(reassign_work_item, item.number, to=to, officer=officer, at=play.now, **given)


def holder(play: Play) -> int | None:
    return play.item("A").officer


def test_whoever_oversees_the_office_says_who_does_it_and_that_is_recorded(play: Play) -> None:
    reassign(play, "tini", "budi")

    assert (play.item("A").state, holder(play)) == ("reserved", 2)
    last = play.rows(tables.audit)[-1]
    assert (last["kind"], last["officer"], last["data"]["to"]) == ("work_item.reassigned", "tini", "budi")


def test_whoever_has_it_passes_it_on(play: Play) -> None:
    play.claim("A", officer="sri")

    reassign(play, "sri", "budi")

    assert holder(play) == 2


def test_a_colleague_takes_nothing_away_from_another(play: Play) -> None:
    play.claim("A", officer="sri")

    with pytest.raises(NotYours):
        reassign(play, "budi", "budi")

    assert holder(play) == 1


def test_the_overseer_of_another_office_sees_no_such_item(play: Play) -> None:
    with pytest.raises(NotFound):
        reassign(play, "hana", "sri")


@pytest.mark.parametrize("to", ["wayan", "tini", "nobody", ""])
def test_it_is_given_only_to_who_holds_its_post_there(play: Play, to: str) -> None:
    with pytest.raises(NotValid):
        reassign(play, "tini", to)

    assert holder(play) is None


def test_nobody_is_given_what_they_have(play: Play) -> None:
    play.claim("A", officer="sri")

    with pytest.raises(WrongState):
        reassign(play, "tini", "sri")


def test_an_old_page_reassigns_nothing(play: Play) -> None:
    seen = play.item("A").version
    play.claim("A", officer="sri")

    with pytest.raises((StalePage, TakenByAnother)):
        reassign(play, "tini", "budi", seen=seen)


def test_what_was_typed_goes_along_and_who_was_given_it_is_noted(play: Play) -> None:
    play.claim("A", officer="sri")
    item = play.item("A").number
    play.engine.perform(keep_draft, item, answers={"nama": "Contoh"}, officer="sri", at=play.now)

    reassign(play, "tini", "budi")

    with play.engine.reading(at=play.now) as reader:
        budis = own_draft(reader, play.engine.officer("budi", at=play.now), item)
        sris = own_draft(reader, play.engine.officer("sri", at=play.now), item)
    assert budis is not None
    assert (budis.answers, sris) == ({"nama": "Contoh"}, None)
    assert [row["kind"] for row in play.rows(tables.access_record)] == ["draft.handed_on"]
