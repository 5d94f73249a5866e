"""Extensions for their pages: the room that is left, what waits for whom, and who is shown what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from engine import NotFound, ask_extension, assign_post, decide_extension, end_holding, pause_clocks
from engine.domain.release import Allowance, Clock
from engine.queries.clock_pages import clock_page
from engine.queries.extensions import count_waiting, extension_page, room_for, waiting_extensions
from engine.storage import tables
from tests.engine.commands.clockwork import Clockwork, give_power
from tests.small_office import Play


@pytest.fixture
def office(play: Play) -> Clockwork:
    give_power(play)
    return Clockwork(play)


def ask(office: Clockwork, query: Callable[..., Any], *args: Any, by: str = "tini") -> Any:
    """What this officer is told now."""
    now = office.play.now
    with office.play.engine.reading(at=now) as reader:
        return query(reader, office.play.engine.officer(by, at=now), *args)


def request(office: Clockwork, code: str, amount: float = 1, by: str = "sri") -> int:
    clock = office.clock(code)["id"]
    return office.do(ask_extension, clock, amount=amount, reason="Menunggu data", officer=by).number or 0


def grant(office: Clockwork, code: str, amount: float) -> None:
    office.do(decide_extension, request(office, code, amount), grant=True, officer="tini")


def room(office: Clockwork, code: str) -> Allowance | None:
    page = ask(office, clock_page, office.clock(code)["id"])
    with office.play.engine.reading(at=office.play.now) as reader:
        return room_for(reader, page.case, page.row)


def waiting(office: Clockwork, by: str) -> list[int]:
    found = [each.asked.number for each in ask(office, waiting_extensions, by=by)]
    assert ask(office, count_waiting, by=by) == len(found)
    return found


def test_a_duty_is_extended_as_often_and_as_far_as_the_law_says(office: Clockwork) -> None:
    before = room(office, "answer")
    grant(office, "answer", 2)

    assert before is not None
    assert (before.amount, before.clock, before.basis) == (7, Clock.WORKING_DAYS, "Paling lama 10 hari kerja")
    assert (room(office, "answer"), room(office, "firm")) == (None, None)


def test_other_clocks_are_extended_by_as_much_again_all_together(office: Clockwork) -> None:
    grant(office, "main", 2)
    left = room(office, "main")
    grant(office, "main", 1)

    assert left is not None
    assert (left.amount, room(office, "main")) == (1, None)


def test_what_is_only_asked_for_or_was_declined_takes_no_room(office: Clockwork) -> None:
    asked = request(office, "main", 3)
    while_asked = room(office, "main")
    office.do(decide_extension, asked, grant=False, answer="Cukup", officer="tini")

    assert while_asked == room(office, "main")
    assert while_asked is not None
    assert while_asked.amount == 3


def test_what_waits_is_told_to_who_decides_the_first_asked_first(office: Clockwork) -> None:
    first = request(office, "answer", 5)
    own = request(office, "main", by="tini")
    other = office.play.open()
    assert other
    last = request(office, "main")

    assert waiting(office, "tini") == [first, last]
    assert waiting(office, "hana") == [first, own, last]
    assert waiting(office, "sri") == waiting(office, "wayan") == []

    office.do(decide_extension, first, grant=True, officer="tini")
    assert waiting(office, "tini") == [last]


def test_what_is_over_waits_for_nobody_s_decision(office: Clockwork) -> None:
    step, answer = request(office, "A"), request(office, "answer", 5)

    office.play.complete("A")
    while_running = waiting(office, "hana")
    office.play.complete("B")

    assert (step in while_running, answer in while_running) == (False, True)
    assert (office.play.state(office.number), waiting(office, "hana")) == ("completed", [])


def test_one_is_told_with_the_date_as_it_is_as_it_would_be_and_why(office: Clockwork) -> None:
    asked = request(office, "answer", 5)
    due = office.due("answer")

    page = ask(office, extension_page, asked)

    assert due is not None
    assert (page.of.case.number, page.of.row.clock.code) == (office.number, "answer")
    assert (page.of.asked.reason, page.then) == ("Menunggu data", due + timedelta(days=7))
    assert (page.may_decide, page.mine, page.of.seen) == (True, False, True)
    assert list(page.of.names.values()) == ["Sri"]
    assert page.why[0].message.startswith("The count began")


def test_a_pause_of_another_case_bears_on_nothing_here(office: Clockwork) -> None:
    request(office, "answer", 5)
    other = office.play.open()
    request(office, "answer", 5)
    office.do(pause_clocks, other, reason="applicant", text="Menunggu paspor")

    found = ask(office, waiting_extensions)

    assert [(each.row.stopped, len(each.row.pauses)) for each in found] == [(False, 0), (True, 1)]


def test_while_the_time_stands_still_nobody_knows_the_date(office: Clockwork) -> None:
    asked = request(office, "answer", 5)
    office.do(pause_clocks, office.number, reason="applicant", text="Menunggu paspor")

    page = ask(office, extension_page, asked)

    assert (page.then, page.of.row.stopped) == (None, True)


def test_who_asked_and_who_has_no_power_see_it_and_do_not_decide(office: Clockwork) -> None:
    asked = request(office, "answer", 5)

    mine, colleague = ask(office, extension_page, asked, by="sri"), ask(office, extension_page, asked, by="budi")

    assert (mine.mine, mine.may_decide) == (True, False)
    assert (colleague.mine, colleague.may_decide) == (False, False)


def test_the_head_office_decides_for_all_and_sees_no_more_than_it_needs(office: Clockwork) -> None:
    office.do(pause_clocks, office.number, reason="applicant", text="Menunggu paspor", clocks=[office.clock("A")["id"]])
    asked = request(office, "A")

    page = ask(office, extension_page, asked, by="hana")

    assert (page.of.seen, page.may_decide, page.of.row.stopped) == (False, True, True)
    assert page.of.row.pauses == ()
    assert "Menunggu paspor" not in repr(page)
    assert "Menunggu paspor" not in repr(ask(office, waiting_extensions, by="hana"))
    with pytest.raises(NotFound):
        ask(office, clock_page, office.clock("A")["id"], by="hana")


def test_what_was_decided_stays_to_be_read_by_who_decides(office: Clockwork) -> None:
    asked = request(office, "answer", 5)
    office.do(decide_extension, asked, grant=True, officer="hana")

    page = ask(office, extension_page, asked, by="hana")

    assert (page.may_decide, page.then) == (False, office.due("answer"))
    assert sorted(page.of.names.values()) == ["Hana", "Sri"]


def test_strangers_find_nothing_even_where_they_decide_for_another_office(office: Clockwork) -> None:
    asked = request(office, "answer", 5)
    now = office.play.now
    office.play.engine.perform(assign_post, "wayan", post="ketua", office="NTB", begins_on=date(2026, 1, 1), at=now)

    assert waiting(office, "wayan") == []
    with pytest.raises(NotFound):
        ask(office, extension_page, asked, by="wayan")
    with pytest.raises(NotFound):
        ask(office, extension_page, 10**9)


def test_who_gives_the_post_up_sees_nothing_any_more(office: Clockwork) -> None:
    asked = request(office, "answer", 5)
    posts = office.play.rows(tables.holding)
    held = next(row["id"] for row in posts if (row["post"], row["office"]) == ("ketua", "PUSAT"))
    office.play.engine.perform(end_holding, held, ends_on=date(2026, 5, 3), at=office.play.now)

    assert waiting(office, "hana") == []
    with pytest.raises(NotFound):
        ask(office, extension_page, asked, by="hana")
