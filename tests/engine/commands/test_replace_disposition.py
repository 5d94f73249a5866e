"""Setting another course instead of one that stands."""

import pytest

from engine import NotFound, NotValid, Receipt, WrongState, decide_disposition, replace_disposition
from engine.storage import tables
from tests.small_office import Play


@pytest.fixture
def old(play: Play) -> Receipt:
    play.publish("start -> user Help -> end", code="home")
    play.publish("start -> user Sue -> end", code="court")
    play.publish("start -> user Decide -> end", Decide={"act": "decide_disposition"})
    number = play.open()
    return play.engine.perform(decide_disposition, number, kind="pulang", ground="x", officer="sri", at=play.now)


def replace(play: Play, disposition: int | None, ground: str = "Ada laporan", officer: str = "sri") -> Receipt:
    return play.engine.perform(
        replace_disposition, disposition, kind="hukum", ground=ground, officer=officer, at=play.now
    )


def test_a_replaced_course_is_recorded_beside_the_new_one(play: Play, old: Receipt) -> None:
    new = replace(play, old.number)

    (record,) = [row for row in play.rows(tables.audit) if row["kind"] == "disposition.replaced"]
    assert (record["data"]["disposition"], record["data"]["instead_of"]) == (new.number, old.number)
    assert [row["state"] for row in play.rows(tables.disposition)] == ["replaced", "open"]


def test_a_course_is_not_replaced_without_a_ground(play: Play, old: Receipt) -> None:
    with pytest.raises(NotValid):
        replace(play, old.number, ground=" ")


def test_a_course_is_replaced_once(play: Play, old: Receipt) -> None:
    replace(play, old.number)

    with pytest.raises(WrongState):
        replace(play, old.number)


def test_another_office_finds_no_such_course(play: Play, old: Receipt) -> None:
    with pytest.raises(NotFound):
        replace(play, old.number, officer="wayan")

    assert [row["state"] for row in play.rows(tables.disposition)] == ["open"]
