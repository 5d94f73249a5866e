"""What pages are told of clocks: how they stand, why, and what their time went by with."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine import NotFound, ask_extension, claim_work_item, end_pause, pause_clocks
from engine.domain.clock import ClockKind
from engine.domain.organisation import Officer
from engine.queries.clocks import Spent, bars_of, clocks_of_case, pauses_of_case, why_of_clock
from tests.engine.commands.clockwork import Clockwork
from tests.small_office import Play


@pytest.fixture
def office(play: Play) -> Clockwork:
    return Clockwork(play)


def who(office: Clockwork, login: str = "sri") -> Officer:
    return office.play.engine.officer(login, at=office.play.now)


def test_the_clocks_of_a_case_stand_from_the_outermost_to_the_innermost(office: Clockwork) -> None:
    with office.play.engine.reading(at=office.later(hours=1)) as reader:
        rows = clocks_of_case(reader, who(office), office.number)

    assert [row.clock.kind.value for row in rows] == ["case", "duty", "duty", "step"]
    assert rows[-1].left is not None
    assert (rows[-1].left.working, rows[-1].late, rows[-1].stopped) == (timedelta(hours=3), False, False)


def test_one_that_stands_still_says_how_much_it_has_left_and_why(office: Clockwork) -> None:
    office.later(hours=1)
    office.do(pause_clocks, office.number, reason="applicant", text="Menunggu paspor")
    office.do(ask_extension, office.clock("main")["id"], amount=1, reason="Menunggu")

    with office.play.engine.reading(at=office.later(days=1)) as reader:
        rows = clocks_of_case(reader, who(office), office.number)
        (pause,) = pauses_of_case(reader, who(office), office.number)

    step, case = rows[-1], rows[0]
    assert (step.stopped, step.kept, step.left) == (True, timedelta(hours=3), None)
    assert (step.pauses, pause.text) == ((pause,), "Menunggu paspor")
    assert [each.reason for each in case.extensions] == ["Menunggu"]


def test_a_late_one_says_by_how_much_working_time(office: Clockwork) -> None:
    office.later(hours=7)
    office.play.complete("A")

    with office.play.engine.reading(at=office.play.now) as reader:
        (row,) = [each for each in clocks_of_case(reader, who(office), office.number) if each.clock.code == "main/A"]

    assert (row.late, row.over) == (True, timedelta(hours=2, minutes=1))


def test_why_this_date_names_the_pause(office: Clockwork) -> None:
    office.later(hours=1)
    pause = office.do(pause_clocks, office.number, reason="applicant", text="Menunggu").number
    office.later(hours=1)
    office.do(end_pause, pause)

    with office.play.engine.reading(at=office.play.now) as reader:
        one, reasons = why_of_clock(reader, who(office), office.clock("A")["id"])
        with pytest.raises(NotFound):
            why_of_clock(reader, who(office, "wayan"), one.number)
        with pytest.raises(NotFound):
            why_of_clock(reader, who(office), 999)

    assert one.kind is ClockKind.STEP
    assert [each for each in reasons if "pause" in each.message.lower()]
    assert not [each for each in reasons if "has changed since" in each.message]


def test_the_picture_of_a_step_is_cut_where_something_changed(office: Clockwork) -> None:
    office.later(minutes=30)
    item = office.play.item("A")
    office.do(claim_work_item, item.number, seen=item.version)
    office.later(minutes=30)
    pause = office.do(pause_clocks, office.number, reason="applicant", text="Menunggu").number
    office.later(minutes=30)
    office.do(end_pause, pause)

    with office.play.engine.reading(at=office.opened + timedelta(hours=10)) as reader:
        step = clocks_of_case(reader, who(office), office.number)[-1].clock
        (bar,) = bars_of(reader, [step], pauses_of_case(reader, who(office), office.number))

    spans = [(each.what, (each.ends - each.begins) / timedelta(minutes=1)) for each in bar.spans]
    assert spans == [(Spent.WAITED, 30), (Spent.WORKED, 30), (Spent.PAUSED, 30), (Spent.WORKED, 240), (Spent.LATE, 270)]
    assert all(before.ends == after.begins for before, after in zip(bar.spans, bar.spans[1:], strict=False))
