"""Taking over a case that another office has offered."""

from datetime import timedelta

import pytest

from engine import NotFound, NotYours, accept_handover, decide_disposition, offer_handover
from engine.domain.handover import HandoverOver, HandoverTooLate
from engine.domain.release import Performer, Whose
from engine.queries import case_page
from engine.storage import tables
from tests.small_office import Play

HEADS = {"performer": Performer("petugas", Whose.HEAD)}


@pytest.fixture
def number(play: Play) -> str:
    play.publish("start -> user H -> end", code="home")
    play.publish("start -> and fork -> user A -> and join -> end\nfork -> user B -> join", B=HEADS)
    return play.open()


def offer(play: Play, number: str) -> int:
    until = play.now + timedelta(days=3)
    made = play.engine.perform(
        offer_handover, number, to_office="NTB", reason="Dekat keluarga", until=until, officer="sri", at=play.now
    )
    return int(made.number or 0)


def accept(play: Play, number: int, officer: str = "wayan") -> None:
    play.engine.perform(accept_handover, number, officer=officer, at=play.now)


def test_the_case_and_its_open_steps_move_and_other_lanes_stay(play: Play, number: str) -> None:
    play.claim("A")
    version = play.item("A").version

    accept(play, offer(play, number))

    (case,) = play.rows(tables.case)
    assert (case["office"], case["number"]) == ("NTB", number)
    a, b = play.item("A"), play.item("B")
    assert (a.office, a.officer, a.state, b.office) == ("NTB", None, "ready", "PUSAT")
    assert a.version > version


def test_the_new_office_works_on_and_the_old_one_reads_on(play: Play, number: str) -> None:
    accept(play, offer(play, number))
    item = play.item("A").number

    with pytest.raises(NotYours):
        play.complete("A", "sri")
    play.complete("A", "wayan")

    with play.engine.reading(at=play.now) as reader:
        page = case_page(reader, play.engine.officer("sri", at=play.now), number)
    assert item in {each.item.number for each in page.closed_items}


def test_what_lies_below_goes_along(play: Play, number: str) -> None:
    play.engine.perform(decide_disposition, number, kind="pulang", ground="Menunggu", officer="sri", at=play.now)

    accept(play, offer(play, number))

    assert {row["office"] for row in play.rows(tables.case)} == {"NTB"}
    assert play.item("H").office == "NTB"


def test_who_took_it_is_recorded(play: Play, number: str) -> None:
    accept(play, offer(play, number))

    last = play.rows(tables.audit)[-1]

    assert (last["kind"], last["officer"], last["office"]) == ("handover.accepted", "wayan", "NTB")


def test_only_the_office_that_was_asked_takes_it_and_only_once(play: Play, number: str) -> None:
    made = offer(play, number)
    with pytest.raises(NotYours):
        accept(play, made, "sri")
    with pytest.raises(NotFound):
        accept(play, made, "hana")
    accept(play, made)

    with pytest.raises(HandoverOver, match="accepted"):
        accept(play, made)


def test_what_nobody_answered_in_time_is_taken_by_nobody(play: Play, number: str) -> None:
    made = offer(play, number)
    play.now += timedelta(days=3)

    with pytest.raises(HandoverTooLate):
        accept(play, made)

    assert [row["office"] for row in play.rows(tables.case)] == ["JATENG"]
