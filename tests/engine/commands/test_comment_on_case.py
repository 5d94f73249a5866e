"""Saying something about a case."""

from typing import Any

import pytest

from engine import NotFound, NotValid, comment_on_case
from engine.domain.release import Performer, Whose
from engine.queries.comments import comments
from engine.storage import tables
from tests.small_office import Play

SAID = "Keluarga minta dihubungi sore hari."


@pytest.fixture
def number(play: Play) -> str:
    play.publish("start -> user A -> user B -> end", B={"performer": Performer("petugas", Whose.HEAD)})
    return play.open()


def comment(play: Play, number: str, officer: str = "sri", **more: Any) -> None:
    given: dict[str, Any] = {"text": SAID, **more}
    play.engine.perform(comment_on_case, number, officer=officer, at=play.now, **given)


def read(play: Play, number: str, officer: str) -> list[tuple[str, str, int | None]]:
    with play.engine.reading(at=play.now) as reader:
        found = comments(reader, play.engine.officer(officer, at=play.now), number)
    return [(each.by, each.text, each.item) for each in found]


def test_it_is_read_by_the_offices_that_take_part_and_stored_in_no_clear_text(play: Play, number: str) -> None:
    item = play.item("A").number
    comment(play, number, item=item)
    play.complete("A")

    assert read(play, number, "hana") == [("Sri", SAID, item)]
    assert SAID not in str(play.rows(tables.comment))


def test_the_audit_says_that_one_was_made_and_not_what_it_says(play: Play, number: str) -> None:
    comment(play, number)

    last = play.rows(tables.audit)[-1]

    assert (last["kind"], last["officer"]) == ("case.commented", "sri")
    assert SAID not in str(last)


def test_another_office_neither_reads_nor_says_anything(play: Play, number: str) -> None:
    with pytest.raises(NotFound):
        comment(play, number, "wayan")
    with pytest.raises(NotFound):
        read(play, number, "wayan")

    assert play.count(tables.comment) == 0


@pytest.mark.parametrize("text", ["  ", "x" * 4_001])
def test_it_says_something_and_not_too_much(play: Play, number: str, text: str) -> None:
    with pytest.raises(NotValid):
        comment(play, number, text=text)


def test_a_comment_belongs_to_a_step_of_its_own_case(play: Play, number: str) -> None:
    other = play.open()

    with pytest.raises(NotFound):
        comment(play, other, item=play.items()[0].number)

    assert number != other
