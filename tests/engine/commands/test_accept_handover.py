"""Taking over a case that another office has offered."""

from datetime import timedelta
from typing import Any

import pytest

from engine import NotFound, NotYours, accept_handover, decide_disposition, end_pause, offer_handover, pause_clocks
from engine.domain.handover import HandoverOver, HandoverTooLate
from engine.domain.release import Allowance, Clock, Performer, Timing, Whose
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


HOURS = Allowance(6, Clock.WORKING_HOURS)
DAYS = Allowance(3, Clock.WORKING_DAYS)


def clocks(play: Play) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in play.rows(tables.clock)}


@pytest.fixture
def timed(play: Play) -> str:
    """Steps here and at the head office, with six hours each, in a case that may take three days."""
    step = {"allowance": HOURS}
    play.publish(
        "start -> and fork -> user A -> and join -> end\nfork -> user B -> join",
        timings={"main": Timing(promised=DAYS)},
        A=step,
        B=HEADS | step,
    )
    return play.open()


def test_its_clocks_go_on_in_the_hours_of_the_new_office_and_what_was_used_stays_used(play: Play, timed: str) -> None:
    before = clocks(play)
    play.now += timedelta(hours=2)

    accept(play, offer(play, timed))

    after = clocks(play)
    assert {code: row["office"] for code, row in after.items()} == {"main/A": "NTB", "main/B": "PUSAT", "main": "NTB"}
    # two of six hours were used by ten in Jakarta, which is eleven in Mataram: one hour before noon, three after the break
    assert after["main/A"]["due_at"] == before["main/A"]["started_at"] + timedelta(hours=7)
    assert play.item("A").due_at == after["main/A"]["due_at"]
    # the third working day ends when the office in Mataram closes: an hour before the one in Semarang
    assert after["main"]["due_at"] == before["main"]["due_at"] - timedelta(hours=1)
    assert after["main/B"] == before["main/B"]


def test_from_when_on_whose_time_counts_is_kept_and_told(play: Play, timed: str) -> None:
    opened = play.now
    play.now += timedelta(hours=2)

    accept(play, offer(play, timed))

    turns = [(row["begins_at"], row["office"]) for row in play.rows(tables.clock_turn)]
    assert sorted(set(turns)) == [(opened, "JATENG"), (play.now, "NTB")]
    (record,) = [row for row in play.rows(tables.audit) if row["kind"] == "handover.accepted"]
    due = clocks(play)["main"]["due_at"]
    assert record["data"]["clocks"] == [
        [clocks(play)["main"]["id"], (due + timedelta(hours=1)).isoformat(), due.isoformat()]
    ]


def test_a_pause_after_the_hand_over_counts_in_the_new_office(play: Play, timed: str) -> None:
    play.now += timedelta(hours=2)
    accept(play, offer(play, timed))
    due = clocks(play)["main"]["due_at"]

    said = {"reason": "applicant", "text": "Menunggu", "officer": "wayan"}
    pause = play.engine.perform(pause_clocks, timed, at=play.now, **said).number
    play.now += timedelta(hours=1)
    play.engine.perform(end_pause, pause, officer="wayan", at=play.now)

    # one hour of Mataram's morning was paused: the case is due an hour after it opens there on Friday
    assert clocks(play)["main"]["due_at"] == due + timedelta(hours=16, minutes=30)
