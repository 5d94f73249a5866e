"""Sending work back to the step that it came from."""

from datetime import date, timedelta
from typing import Any

import pytest

from engine import NotFound, Receipt, assign_post, return_work_item
from engine.commands.return_work_item import NotFromThere
from engine.course.going_back import TakenSince
from engine.domain.release import Performer
from engine.domain.work_item import NotCompleted, TakenByAnother
from engine.errors import WrongState
from engine.queries.going_back import counter_steps_of, returnable, takeable
from engine.storage import tables
from tests.small_office import Play

CHIEF = {"performer": Performer("ketua")}


def back(play: Play, element: str, to: int, officer: str = "tini", **more: Any) -> Receipt:
    item = play.item(element)
    more = {"seen": item.version, "reason": "Alamat belum lengkap", **more}
    play.now += timedelta(minutes=1)
    return play.engine.perform(return_work_item, item.number, to=to, officer=officer, at=play.now, **more)


def open_ones(play: Play) -> list[tuple[str, str]]:
    return sorted((each.element, each.state.value) for each in play.items())


def may_return(play: Play, element: str, officer: str = "tini") -> list[str]:
    number = play.item(element).number
    with play.engine.reading(at=play.now) as reader:
        return [each.name for each in returnable(reader, play.engine.officer(officer, at=play.now), number)]


@pytest.fixture
def two(play: Play) -> int:
    """A case at B, which came of A."""
    play.publish("start -> user A -> user B -> user C -> end", B=CHIEF)
    play.open()
    play.complete("A")
    return 1


def test_the_work_is_back_with_who_did_it_and_they_see_who_sent_it_and_why(play: Play, two: int) -> None:
    back(play, "B", two)

    assert [(each.element, each.state, each.officer) for each in play.items()] == [("A", "reserved", 1)]
    assert play.rows(tables.audit)[-1]["kind"] == "work_item.returned"
    with play.engine.reading(at=play.now) as reader:
        (step,) = counter_steps_of(reader, play.engine.officer("sri", at=play.now), two)
    assert (step.who, step.reason, step.kind) == ("Tini", "Alamat belum lengkap", "returned")


def test_it_goes_back_step_by_step_and_forward_again(play: Play) -> None:
    play.publish("start -> user A -> user B -> user C -> end")
    number = play.open()
    play.complete("A")
    play.complete("B")
    back(play, "C", 2, officer="sri")
    back(play, "B", 1, officer="sri")
    assert open_ones(play) == [("A", "reserved")]

    for element in "ABC":
        play.complete(element)

    assert (play.state(number), play.items()) == ("completed", [])


def test_where_who_did_it_no_longer_holds_the_post_it_waits_for_all_who_do(play: Play, two: int) -> None:
    with play.engine.database.writing() as connection:
        ended = tables.holding.update().where(tables.holding.c.officer_id == 1)
        connection.execute(ended.values(ends_on=date(2026, 5, 3)))

    back(play, "B", two)

    assert [(each.element, each.state, each.officer) for each in play.items()] == [("A", "ready", None)]


def test_nobody_returns_to_a_step_from_which_it_did_not_come(play: Play) -> None:
    play.publish("start -> user A -> user B -> user C -> end")
    play.open()
    play.complete("A")
    play.complete("B")

    with pytest.raises(NotFromThere):
        back(play, "C", 1, officer="sri")
    with pytest.raises(NotFound):
        back(play, "C", 99, officer="sri")
    play.open()
    with pytest.raises(NotFound):
        back(play, "C", 4, officer="sri")


def test_an_item_that_is_done_or_somebody_elses_is_not_returned(play: Play) -> None:
    play.publish("start -> user A -> user B -> end")
    play.open()
    play.complete("A")
    play.claim("B", officer="budi")

    with pytest.raises(TakenByAnother):
        back(play, "B", 1, officer="sri")
    with pytest.raises(WrongState):
        play.engine.perform(return_work_item, 1, seen=2, reason="Salah", to=1, officer="sri", at=play.now)


def test_it_is_not_returned_over_the_head_of_a_colleague_who_is_at_what_came_with_it(play: Play) -> None:
    play.publish("start -> user A -> and f -> user B -> and j -> end\nf -> user C -> j", B=CHIEF)
    play.open()
    play.complete("A")
    play.claim("C", officer="budi")
    assert may_return(play, "B") == []

    with pytest.raises(TakenSince):
        back(play, "B", 1)


def test_the_page_knows_where_work_may_be_sent_back_to(play: Play) -> None:
    play.publish("start -> user A -> user B -> end", B=CHIEF)
    play.open()
    assert may_return(play, "A", "sri") == []
    play.complete("A")

    assert may_return(play, "B") == ["A"]
    assert may_return(play, "B", "sri") == []


def test_the_page_knows_what_may_be_taken_back(play: Play, two: int) -> None:
    def may(officer: str) -> bool:
        with play.engine.reading(at=play.now) as reader:
            return takeable(reader, play.engine.officer(officer, at=play.now), two)

    assert (may("sri"), may("budi"), may("tini")) == (True, False, False)
    play.complete("B", officer="tini")
    assert not may("sri")


def test_nobody_elses_office_learns_anything(play: Play, two: int) -> None:
    play.engine.perform(assign_post, "wayan", post="ketua", office="NTB", begins_on=date(2026, 1, 1), at=play.now)

    with pytest.raises(NotFound):
        back(play, "B", two, officer="wayan")
    with play.engine.reading(at=play.now) as reader, pytest.raises(NotFound):
        returnable(reader, play.engine.officer("wayan", at=play.now), play.item("B").number)


def test_a_step_that_is_open_again_has_not_been_completed(play: Play, two: int) -> None:
    back(play, "B", two)

    assert NotCompleted.status == WrongState.status
    assert may_return(play, "A", "sri") == []
