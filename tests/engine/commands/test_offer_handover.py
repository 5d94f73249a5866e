"""Offering a case to another office."""

from datetime import timedelta
from typing import Any

import pytest

from engine import NotFound, NotValid, WrongState, cancel_case, offer_handover
from engine.commands.offer_handover import AlreadyOffered
from engine.queries.handovers import handovers_of, waiting_handovers
from engine.storage import tables
from tests.small_office import Play

WHY = "Keluarga tinggal di wilayah kerja kantor Anda."


@pytest.fixture
def number(play: Play) -> str:
    play.publish("start -> user A -> end")
    return play.open()


def offer(play: Play, number: str, officer: str = "sri", **more: Any) -> int:
    given: dict[str, Any] = {"to_office": "NTB", "reason": WHY, "until": play.now + timedelta(days=3), **more}
    return int(play.engine.perform(offer_handover, number, officer=officer, at=play.now, **given).number or 0)


def test_the_other_office_sees_the_offer_and_why_and_the_case_stays(play: Play, number: str) -> None:
    offer(play, number)

    with play.engine.reading(at=play.now) as reader:
        (seen,) = waiting_handovers(reader, play.engine.officer("wayan", at=play.now))
        own = waiting_handovers(reader, play.engine.officer("sri", at=play.now))

    assert (seen.case, seen.offer.reason, seen.offered_by, own) == (number, WHY, "Sri", ())
    assert [row["office"] for row in play.rows(tables.case)] == ["JATENG"]


def test_it_is_recorded_without_what_was_said(play: Play, number: str) -> None:
    offer(play, number)

    last = play.rows(tables.audit)[-1]

    assert (last["kind"], last["officer"], last["data"]["to"]) == ("handover.offered", "sri", "NTB")
    assert WHY not in str(last)
    assert WHY not in str(play.rows(tables.handover))


def test_before_it_is_accepted_the_case_does_not_exist_there(play: Play, number: str) -> None:
    offer(play, number)

    with pytest.raises(NotFound), play.engine.reading(at=play.now) as reader:
        handovers_of(reader, play.engine.officer("wayan", at=play.now), number)


@pytest.mark.parametrize(
    "wrong",
    [
        {"to_office": "JATENG"},
        {"to_office": "NOWHERE"},
        {"reason": " "},
        {"until": timedelta(0)},
        {"until": timedelta(days=61)},
    ],
)
def test_an_offer_names_another_office_a_reason_and_a_time(play: Play, number: str, wrong: dict[str, Any]) -> None:
    if isinstance(span := wrong.get("until"), timedelta):
        wrong = {"until": play.now + span}

    with pytest.raises(NotValid):
        offer(play, number, **wrong)

    assert play.count(tables.handover) == 0


def test_one_offer_waits_at_a_time(play: Play, number: str) -> None:
    offer(play, number)

    with pytest.raises(AlreadyOffered, match="Nusa Tenggara"):
        offer(play, number, to_office="PUSAT")


def test_only_the_office_that_has_it_offers_it_and_only_while_it_runs(play: Play, number: str) -> None:
    with pytest.raises(NotFound):
        offer(play, number, "wayan")
    play.engine.perform(cancel_case, number, reason="Terdaftar dua kali", officer="sri", at=play.now)

    with pytest.raises(WrongState):
        offer(play, number)


def test_the_end_of_the_case_ends_its_offer(play: Play, number: str) -> None:
    offer(play, number)

    play.complete("A")

    assert [row["state"] for row in play.rows(tables.handover)] == ["withdrawn"]
