"""More time is asked for while it lasts, and no more than the law leaves."""

from datetime import timedelta

import pytest

from engine import NotFound, NotValid, ask_extension, decide_extension, pause_clocks
from engine.course.pausing import AlreadyAsked, ExtensionTooLate, ExtensionTooLong, NotExtendable
from engine.domain.clock import ClockOver
from engine.storage import tables
from tests.engine.commands.clockwork import Clockwork, give_power
from tests.small_office import Play

MORE = {"reason": "Menunggu data dari instansi lain"}


@pytest.fixture
def office(play: Play) -> Clockwork:
    return Clockwork(play)


def test_what_is_asked_for_waits_and_moves_nothing(office: Clockwork) -> None:
    one = office.clock("answer")

    done = office.do(ask_extension, one["id"], amount=7, basis="UU 14/2008 Pasal 22 ayat (8)", **MORE)

    (row,) = office.play.rows(tables.extension)
    assert (done.state, row["state"], row["amount"], row["clock"]) == ("proposed", "proposed", 7, "working-days")
    assert office.clock("answer") == one
    (record,) = office.records("extension.asked")
    assert (record["data"]["extension"], record["data"]["amount"]) == (row["id"], 7)
    assert "instansi" not in row["reason"] + str(record["data"])


def test_no_more_than_the_law_allows_of_a_duty_and_nothing_where_it_allows_none(office: Clockwork) -> None:
    with pytest.raises(ExtensionTooLong, match="at most 7"):
        office.do(ask_extension, office.clock("answer")["id"], amount=8, **MORE)

    with pytest.raises(NotExtendable):
        office.do(ask_extension, office.clock("firm")["id"], amount=1, **MORE)


def test_where_no_law_says_more_a_time_can_be_doubled_at_most(office: Clockwork) -> None:
    with pytest.raises(ExtensionTooLong, match="at most 3"):
        office.do(ask_extension, office.clock("main")["id"], amount=4, **MORE)

    office.do(ask_extension, office.clock("main")["id"], amount=3, **MORE)

    with pytest.raises(AlreadyAsked):
        office.do(ask_extension, office.clock("main")["id"], amount=1, **MORE)


def test_what_is_late_stays_late(office: Clockwork) -> None:
    office.later(hours=6)

    with pytest.raises(ExtensionTooLate):
        office.do(ask_extension, office.clock("A")["id"], amount=1, **MORE)


def test_a_clock_that_stands_still_may_be_extended(office: Clockwork) -> None:
    office.do(pause_clocks, office.number, reason="applicant", text="Menunggu")
    office.later(days=30)

    assert office.do(ask_extension, office.clock("main")["id"], amount=1, **MORE).state == "proposed"


def test_others_do_not_learn_of_it_and_a_clock_that_is_over_has_no_more_time(office: Clockwork) -> None:
    one = office.clock("A")["id"]
    with pytest.raises(NotFound):
        office.do(ask_extension, one, amount=1, **MORE, officer="wayan")
    with pytest.raises(NotValid):
        office.do(ask_extension, one, amount=1, reason=" ")
    with pytest.raises(NotValid):
        office.do(ask_extension, one, amount=-1, **MORE)
    office.play.complete("A")

    with pytest.raises(ClockOver):
        office.do(ask_extension, one, amount=1, **MORE)


def test_after_it_was_declined_another_may_be_asked_for(office: Clockwork, play: Play) -> None:
    give_power(play)
    asked = office.do(ask_extension, office.clock("main")["id"], amount=3, **MORE).number
    office.do(decide_extension, asked, grant=False, answer="Tidak perlu", officer="tini")

    assert office.do(ask_extension, office.clock("main")["id"], amount=1, **MORE).state == "proposed"
    assert office.later() - office.opened == timedelta()
