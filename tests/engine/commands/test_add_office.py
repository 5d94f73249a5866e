"""Adding an office."""

import pytest

from engine import NotValid, add_office, add_officer, assign_post
from engine.domain.organisation import Office
from engine.domain.release import Performer, Whose
from engine.queries import office_for
from engine.storage import tables
from tests.small_office import Play

SOLO = Office("SOLO", "Pos Solo", "Surakarta", "Jawa Tengah", "Asia/Jakarta")


def test_a_new_office_is_stored_and_recorded(play: Play) -> None:
    play.engine.perform(add_office, SOLO, at=play.now)

    assert "SOLO" in [row["code"] for row in play.rows(tables.office)]
    last = play.rows(tables.audit)[-1]
    assert (last["kind"], last["data"]["code"]) == ("office.added", "SOLO")


def test_an_office_in_a_zone_that_cannot_be_counted_in_leaves_no_trace(play: Play) -> None:
    before = play.rows(tables.audit)
    odd = Office("SOLO", "Pos Solo", "Surakarta", "Jawa Tengah", "Europe/Paris")

    with pytest.raises(NotValid):
        play.engine.perform(add_office, odd, at=play.now)

    assert "SOLO" not in [row["code"] for row in play.rows(tables.office)]
    assert play.rows(tables.audit) == before


def test_work_for_the_office_of_origin_is_done_in_a_new_one_whose_region_it_is(play: Play) -> None:
    play.publish("start -> user A -> user B -> end", A={"performer": Performer("petugas", Whose.ORIGIN)})
    play.engine.perform(add_office, SOLO, regions=["33.72"], at=play.now)
    play.engine.perform(add_officer, "joko", name="Joko Contoh", at=play.now)
    play.engine.perform(assign_post, "joko", post="petugas", office="SOLO", begins_on=play.now.date(), at=play.now)
    with play.engine.reading(at=play.now) as reader:
        origin = office_for(reader, "33.72.01")

    case = play.open(origin_office=origin and origin.code)
    play.complete("A", "joko")
    play.complete("B", "sri")

    assert play.state(case) == "completed"
