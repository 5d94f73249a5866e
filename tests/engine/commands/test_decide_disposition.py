"""Setting a course for a case, and what becomes of it."""

from typing import Any

import pytest

from engine import (
    NotFound,
    NotYours,
    Receipt,
    cancel_case,
    decide_disposition,
    replace_disposition,
)
from engine.course.deciding import NotInForce
from engine.course.progress import GoesRound
from engine.domain.release import Field, Performer, Whose
from engine.storage import tables
from tests.small_office import Play

MAP = """
    start -> user Note -> user Decide -> catch closed (message dispositions_closed) -> user Close -> end
"""
DECIDES = {"act": "decide_disposition"}
NOTES = {"form": (Field("found_at", "Ditemukan di"),)}


@pytest.fixture
def number(play: Play) -> str:
    """A case at the point where its course is to be set."""
    play.publish("start -> user Help -> end", code="home")
    play.publish("start -> user Sue -> end", code="court")
    play.publish(MAP, Decide=DECIDES, Note=NOTES)
    case = play.open()
    play.complete("Note", facts={"found_at": "pelabuhan"})
    return case


def decide(play: Play, number: str, kind: str = "pulang", officer: str = "sri", **more: Any) -> Receipt:
    return play.engine.perform(
        decide_disposition, number, kind=kind, ground="Keluarga menunggu", officer=officer, at=play.now, **more
    )


def test_a_disposition_opens_a_sub_case_with_a_copy_of_the_facts(play: Play, number: str) -> None:
    done = decide(play, number)

    assert done.sub_case == f"{number}.1"
    assert sorted(each.element for each in play.items()) == ["Decide", "Help"]
    assert [row["value"] for row in play.rows(tables.fact)] == ["pelabuhan", "pelabuhan"]


def test_a_case_goes_on_when_the_last_of_its_dispositions_has_been_carried_out(play: Play, number: str) -> None:
    decide(play, number)
    decide(play, number, "hukum")
    play.complete("Decide")

    play.complete("Help")
    assert "Close" not in [each.element for each in play.items()]
    play.complete("Sue")

    assert [each.element for each in play.items()] == ["Close"]


def test_a_disposition_that_closed_before_the_case_waits_for_it_is_not_forgotten(play: Play, number: str) -> None:
    decide(play, number)
    play.complete("Help")

    play.complete("Decide")

    assert [each.element for each in play.items()] == ["Close"]
    assert play.count(tables.subscription) == 0


def test_a_replaced_disposition_cancels_its_sub_case_and_opens_another(play: Play, number: str) -> None:
    old = decide(play, number)

    new = play.engine.perform(
        replace_disposition, old.number, kind="hukum", ground="Ada laporan", officer="sri", at=play.now
    )

    assert play.state(f"{number}.1") == "cancelled"
    assert new.sub_case == f"{number}.2"
    assert [row["state"] for row in play.rows(tables.disposition)] == ["replaced", "open"]
    assert sorted(each.element for each in play.items()) == ["Decide", "Sue"]


def test_a_course_whose_procedure_is_not_in_force_is_refused(play: Play) -> None:
    play.publish(MAP, Decide=DECIDES, Note=NOTES)
    number = play.open()
    play.complete("Note")

    with pytest.raises(NotInForce):
        play.engine.perform(decide_disposition, number, kind="pulang", ground="x", officer="sri", at=play.now)


@pytest.mark.parametrize(("officer", "refusal"), [("tini", NotYours), ("wayan", NotFound)])
def test_only_the_post_that_decides_may_decide(play: Play, number: str, officer: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        decide(play, number, officer=officer)

    assert play.count(tables.disposition) == 0


def test_cancelling_a_case_cancels_what_is_below_it(play: Play, number: str) -> None:
    decide(play, number)

    play.engine.perform(cancel_case, number, reason="Menolak layanan", officer="sri", at=play.now)

    assert [row["state"] for row in play.rows(tables.case)] == ["cancelled", "cancelled"]
    assert [row["state"] for row in play.rows(tables.disposition)] == ["cancelled"]
    assert play.items() == []


def test_cancelling_the_last_sub_case_lets_the_case_above_go_on(play: Play, number: str) -> None:
    done = decide(play, number)
    play.complete("Decide")

    play.engine.perform(cancel_case, done.sub_case, reason="Dijemput keluarga", officer="sri", at=play.now)

    assert [each.element for each in play.items()] == ["Close"]


def test_where_the_drawing_asks_for_no_decision_only_a_post_that_decides_elsewhere_may_set_a_course(play: Play) -> None:
    play.publish("start -> user Help -> end", code="home")
    play.publish("start -> user Look -> end", code="plain")
    play.publish(MAP, Decide=DECIDES | {"performer": Performer("kepala", Whose.CASE)}, Note=NOTES)
    number = play.open("plain")

    with pytest.raises(NotYours, match="kepala"):
        decide(play, number)


def test_where_nothing_in_force_asks_for_a_decision_the_office_of_the_case_sets_its_courses(play: Play) -> None:
    play.publish("start -> user Help -> end", code="home")
    play.publish("start -> user Look -> end", code="plain")
    number = play.open("plain")

    done = decide(play, number)

    assert done.sub_case == f"{number}.1"


def test_a_drawing_that_comes_back_to_waiting_for_what_is_closed_is_refused_by_name(play: Play) -> None:
    play.publish("start -> user Home -> end", code="home")
    play.publish("start -> xor again -> catch closed (message dispositions_closed) -> again")
    number = play.open()
    play.engine.perform(decide_disposition, number, kind="pulang", ground="Diminta", officer="sri", at=play.now)

    with pytest.raises(GoesRound, match=number):
        play.complete("Home")

    assert [each.element for each in play.items()] == ["Home"]


def test_two_waits_for_the_closing_of_dispositions_are_passed_one_after_the_other(play: Play) -> None:
    play.publish("start -> user Home -> end", code="home")
    play.publish("""
        start -> and f -> catch one (message dispositions_closed) -> catch two (message dispositions_closed) -> and j
        f -> catch three (message dispositions_closed) -> j
        j -> user Close -> end
    """)
    number = play.open()
    play.engine.perform(decide_disposition, number, kind="pulang", ground="Diminta", officer="sri", at=play.now)

    play.complete("Home")

    assert [each.element for each in play.items()] == ["Close"]
