"""Each difference has an act that mends it; the next comparison shows whether it is gone."""

from typing import Any

import pytest

from engine import NotFound, Receipt
from engine.commands.mend_difference import AlreadyMended, MendsOtherwise, mend_difference
from engine.commands.reconcile_placements import reconcile_placements
from engine.storage import tables
from tests.engine.placement_news import REFERENCE, Exchange
from tests.small_office import Play


@pytest.fixture
def exchange(play: Play) -> Exchange:
    return Exchange(play)


def compare(exchange: Exchange, **more: Any) -> None:
    said = {"reference": REFERENCE, "case": "", "stage": "", "sequence": 0, "open": True}
    exchange.do(reconcile_placements, [said | more] if more else [], officer=None)


def mend(exchange: Exchange, act: str, officer: str = "tini") -> Receipt:
    done: Receipt = exchange.do(mend_difference, 1, act=act, officer=officer)
    return done


def test_whom_they_do_not_know_is_told_again_but_not_twice_at_once(exchange: Exchange) -> None:
    exchange.reported()
    compare(exchange)

    mend(exchange, "send-again")

    assert exchange.dispatches() == ["pending"]
    (row,) = exchange.play.rows(tables.difference)
    assert (row["how"], row["mended_by"] is not None) == ("send-again", True)
    assert "difference.mended" in {each["kind"] for each in exchange.play.rows(tables.audit)}


def test_what_is_closed_here_is_told_as_closed(exchange: Exchange) -> None:
    number = exchange.placed()
    with exchange.play.engine.begin(at=exchange.play.now) as work:
        work.placements.close(1, work.at)
    compare(exchange, case=number)

    mend(exchange, "send-again")

    assert [row["event"] for row in exchange.play.rows(tables.dispatch)] == ["placement.closed"]


def test_what_waits_is_applied(exchange: Exchange) -> None:
    number = exchange.placed()
    exchange.play.complete("A")
    exchange.tell(case=number)
    compare(exchange, case=number, stage="registered", sequence=1)

    mend(exchange, "apply")

    assert exchange.open() == ["B"]


def test_a_number_that_they_alone_know_is_linked(exchange: Exchange) -> None:
    exchange.play.publish("start -> user A -> end", code="p-c3-04")
    number = exchange.play.open("p-c3-04")
    with exchange.play.engine.begin(at=exchange.play.now) as work:
        work.placements.begin(1, work.at)
        work.placements.name(1, "SK2-OLD")
    compare(exchange, case=number)
    rows = exchange.play.rows(tables.difference)
    (their,) = [row["id"] for row in rows if row["kind"] == "unknown-to-us"]

    exchange.do(mend_difference, their, act="link")

    assert exchange.play.rows(tables.partner_case)[0]["reference"] == REFERENCE


def test_what_a_person_has_noted_is_not_shown_again(exchange: Exchange) -> None:
    exchange.reported()
    compare(exchange)
    mend(exchange, "note")

    compare(exchange)

    assert [row["how"] for row in exchange.play.rows(tables.difference)] == ["note"]
    with pytest.raises(AlreadyMended):
        mend(exchange, "note")


def test_only_what_mends_it_and_only_by_its_office(exchange: Exchange) -> None:
    exchange.reported()
    compare(exchange)

    with pytest.raises(MendsOtherwise):
        mend(exchange, "link")
    with pytest.raises(NotFound):
        mend(exchange, "note", officer="wayan")
    with pytest.raises(NotFound):
        exchange.do(mend_difference, 9, act="note")
