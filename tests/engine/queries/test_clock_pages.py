"""What the pages of times are told of one clock, one pause, and of the steps and cases of a list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from engine import (
    NotFound,
    ask_extension,
    claim_work_item,
    correct_pause,
    decide_extension,
    end_pause,
    pause_clocks,
    take_back_work_item,
)
from engine.domain.clock import ClockKind
from engine.domain.release import Timing
from engine.queries.clock_pages import (
    clock_page,
    kept_of_steps,
    pause_page,
    step_clock,
    tightest,
    times_of_case,
)
from engine.queries.clocks import Spent
from engine.storage import tables
from tests.engine.commands.clockwork import DAYS, Clockwork, give_power
from tests.small_office import Play

WAITING = {"reason": "applicant", "text": "Menunggu paspor"}
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def office(play: Play) -> Clockwork:
    give_power(play)
    return Clockwork(play)


def ask(office: Clockwork, query: Callable[..., Any], *args: Any, by: str = "sri") -> Any:
    """What this officer is told now."""
    now = office.play.now
    with office.play.engine.reading(at=now) as reader:
        return query(reader, office.play.engine.officer(by, at=now), *args)


def row_of(office: Clockwork, number: str) -> int:
    return next(int(row["id"]) for row in office.play.rows(tables.case) if row["number"] == number)


def test_one_clock_is_told_with_its_case_its_reasons_and_whoever_stopped_it(office: Clockwork) -> None:
    office.later(hours=1)
    office.do(pause_clocks, office.number, **WAITING, officer="budi")

    page = ask(office, clock_page, office.clock("A")["id"])

    assert (page.case.number, page.row.clock.code, page.row.kept) == (office.number, "main/A", 3 * HOUR)
    assert [each.text for each in page.row.pauses] == ["Menunggu paspor"]
    assert list(page.names.values()) == ["Budi"]
    assert [each for each in page.why if "stands still" in each.message]


def test_a_step_leads_to_its_latest_clock(office: Clockwork) -> None:
    first = office.play.item("A")
    done = office.play.complete_number(first)
    assert done.state
    item = next(row for row in office.play.rows(tables.work_item) if row["id"] == first.number)
    office.do(take_back_work_item, first.number, seen=item["version"], reason="Keliru")

    assert ask(office, step_clock, office.play.item("A").number) == office.clock("A")["id"]


def test_a_step_without_a_time_has_no_clock(play: Play) -> None:
    office = Clockwork(play)
    play.publish("start -> user A -> end", "bebas")
    play.open("bebas")

    assert ask(office, step_clock, play.items()[-1].number) is None


def test_one_pause_is_told_with_the_clocks_of_its_case_and_who_put_it_right(office: Clockwork) -> None:
    office.later(hours=1)
    wrong = office.do(pause_clocks, office.number, **WAITING).number
    made = office.do(correct_pause, wrong, why="Salah alasan", reason="force-majeure", officer="tini").number

    void, stands = ask(office, pause_page, wrong), ask(office, pause_page, made)

    assert (void.pause.voided_why, sorted(void.names.values())) == ("Salah alasan", ["Sri", "Tini"])
    assert (stands.pause.replaces, stands.pause.open) == (wrong, True)
    assert [row.clock.kind for row in stands.clocks] == [ClockKind.CASE, ClockKind.DUTY, ClockKind.DUTY, ClockKind.STEP]


def test_strangers_find_neither_clock_nor_step_nor_pause_nor_picture(office: Clockwork) -> None:
    pause = office.do(pause_clocks, office.number, **WAITING).number
    item, clock = office.play.item("A").number, office.clock("A")["id"]
    asked: list[tuple[Callable[..., Any], Any]] = [(clock_page, clock), (step_clock, item), (pause_page, pause)]
    asked.append((times_of_case, office.number))

    for query, what in asked:
        with pytest.raises(NotFound):
            ask(office, query, what, by="wayan")
    for query in (clock_page, step_clock, pause_page):
        with pytest.raises(NotFound):
            ask(office, query, 10**9)


def test_the_picture_adds_up_each_kind_of_time_as_its_clock_counts_it(office: Clockwork) -> None:
    office.later(minutes=30)
    item = office.play.item("A")
    office.do(claim_work_item, item.number, seen=item.version)
    office.later(minutes=30)
    pause = office.do(pause_clocks, office.number, **WAITING).number
    office.later(minutes=30)
    office.do(end_pause, pause)
    office.later(hours=24)

    spent = {each.bar.clock.code: each.sums for each in ask(office, times_of_case, office.number).spent}

    assert spent["main/A"] == {
        Spent.WAITED: 30 * MINUTE,
        Spent.WORKED: 3 * HOUR + 30 * MINUTE,
        Spent.PAUSED: 30 * MINUTE,
        Spent.LATE: 4 * HOUR + 30 * MINUTE,
    }
    assert set(spent) == {"main", "answer", "firm", "main/A"}
    assert Spent.WAITED not in spent["main"]


def test_everybody_who_stopped_corrected_asked_or_decided_has_a_name(office: Clockwork) -> None:
    office.later(hours=1)
    pause = office.do(pause_clocks, office.number, **WAITING).number
    office.later(hours=1)
    office.do(end_pause, pause, officer="budi")
    asked = office.do(ask_extension, office.clock("main")["id"], amount=1, reason="Menunggu").number
    office.do(decide_extension, asked, grant=True, officer="tini")

    found = ask(office, times_of_case, office.number)

    assert sorted(found.names.values()) == ["Budi", "Sri", "Tini"]
    assert [each.number for each in found.pauses] == [pause]
    assert [each.bar.clock for each in found.spent] == [each.clock for each in found.rows]


def test_of_steps_that_stand_still_it_is_told_how_much_is_left_and_of_no_others(office: Clockwork) -> None:
    office.later(hours=1)
    other = office.play.open()
    office.do(pause_clocks, office.number, **WAITING)
    office.later(days=1)
    items = {each.case: each.number for each in office.play.items()}
    stopped, going = items[row_of(office, office.number)], items[row_of(office, other)]

    assert ask(office, kept_of_steps, [stopped, going]) == {stopped: 3 * HOUR}
    assert ask(office, kept_of_steps, [going]) == ask(office, kept_of_steps, []) == {}
    assert ask(office, kept_of_steps, [stopped, going], by="wayan") == {}


def test_of_each_case_the_clock_that_runs_out_first_is_told(office: Clockwork) -> None:
    office.later(hours=1)
    office.do(pause_clocks, office.number, **WAITING, clocks=[office.clock("A")["id"]])
    other = office.play.open()
    first, second = row_of(office, office.number), row_of(office, other)

    found = ask(office, tightest, [first, second, 10**9])

    assert {number: each.clock.kind.value for number, each in found.items()} == {first: "case", second: "step"}
    assert found[second].left.working == 4 * HOUR
    assert (ask(office, tightest, []), ask(office, tightest, [first], by="wayan")) == ({}, {})


def test_where_all_stand_still_the_innermost_is_told_with_what_is_left(office: Clockwork) -> None:
    office.later(hours=1)
    office.do(pause_clocks, office.number, **WAITING)
    one = row_of(office, office.number)

    found = ask(office, tightest, [one])[one]

    assert (found.clock.kind, found.left, found.kept) == (ClockKind.STEP, None, 3 * HOUR)


def test_of_clocks_due_at_once_the_innermost_is_told(play: Play) -> None:
    office = Clockwork(play)
    play.publish("start -> user A -> end", "sama", timings={"sama": Timing(promised=DAYS)}, A={"allowance": DAYS})
    one = row_of(office, play.open("sama"))

    assert ask(office, tightest, [one])[one].clock.kind is ClockKind.STEP


def test_a_case_without_a_time_is_left_out(play: Play) -> None:
    office = Clockwork(play)
    play.publish("start -> user A -> end", "bebas")

    assert ask(office, tightest, [row_of(office, play.open("bebas"))]) == {}
