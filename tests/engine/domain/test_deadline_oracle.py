"""Deadlines against the oracle of `slow_count`, which walks the clock minute by minute."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain.deadline import Pause, Reason, due_at, explain, reckon, time_left
from engine.domain.release import Clock
from tests.engine.domain.cases_of_time import TimeCase, counted, differences, draw_case, drawn
from tests.engine.domain.slow_count import Desk, Slow, second

LONG = 100_000


def minutes_of(amount: object) -> int:
    assert isinstance(amount, Reason)
    return sum(int(str(amount.facts[name])) * worth for name, worth in (("days", 1440), ("hours", 60), ("minutes", 1)))


@st.composite
def cases(draw: st.DrawFn) -> TimeCase:
    return draw_case(lambda least, most: draw(st.integers(least, most)))


@settings(max_examples=80, deadline=None)
@given(cases())
def test_a_deadline_is_where_counting_every_minute_ends(case: TimeCase) -> None:
    assert differences(case) == []


@pytest.mark.parametrize("part", range(4))
def test_so_it_is_in_cases_drawn_evenly(part: int) -> None:
    found = {seed: differences(drawn(seed)) for seed in range(part * 30, part * 30 + 30)}

    assert {seed: said for seed, said in found.items() if said} == {}


@pytest.mark.long
@pytest.mark.parametrize("part", range(100))
def test_so_it_is_in_a_hundred_thousand_cases(part: int) -> None:
    seeds = range(part * LONG // 100, (part + 1) * LONG // 100)

    found = {seed: differences(drawn(seed)) for seed in seeds}

    assert {seed: said for seed, said in found.items() if said} == {}


@settings(max_examples=40, deadline=None)
@given(cases(), st.integers(0, 9 * 24 * 60))
def test_time_left_is_the_number_of_working_minutes_between(case: TimeCase, length: int) -> None:
    calendar = case.book.calendar(case.zone, case.office, case.service)
    due = case.start + timedelta(minutes=length)
    slow = Slow([(0, Desk(case.book, case.zone, case.office, case.service))], int(second(case.start)), [])

    minutes = timedelta(seconds=slow.budget(slow.start, int(second(due)), "working-hours"))

    assert time_left(case.start, due, calendar).working == minutes
    assert time_left(due, case.start, calendar).working == -minutes


@settings(max_examples=40, deadline=None)
@given(cases())
def test_without_pauses_extensions_and_moves_the_short_form_says_the_same(case: TimeCase) -> None:
    calendar = case.book.calendar(case.zone, case.office, case.service)

    assert counted(case, pauses=(), extensions=(), moves=()).due == due_at(case.start, case.allowance, calendar)


@settings(max_examples=40, deadline=None)
@given(cases(), st.integers(-1440, 9 * 1440), st.integers(0, 3 * 1440))
def test_one_more_pause_never_makes_a_deadline_earlier(case: TimeCase, begins: int, length: int) -> None:
    first = case.start + timedelta(minutes=begins)
    more = Pause(first, first + timedelta(minutes=length))

    before, after = counted(case), counted(case, pauses=(*case.pauses, more))

    assert (after.due is None) == (before.due is None)
    assert before.due is None or after.due is None or after.due >= before.due


@settings(max_examples=40, deadline=None)
@given(cases())
def test_what_explains_a_deadline_begins_at_its_start_and_names_it(case: TimeCase) -> None:
    found = counted(case)

    lines = explain(
        case.start,
        case.allowance,
        case.book.calendar(case.zone, case.office, case.service),
        pauses=case.pauses,
        extensions=case.extensions,
        moves=case.moved(),
        now=case.now,
    )

    assert lines[0].facts == {"moment": found.start}
    assert [each.facts["moment"] for each in lines if each.message == "It is due on {moment}."] == (
        [found.due] if found.due else []
    )
    assert all(each.sentence() for each in lines)


@settings(max_examples=40, deadline=None)
@given(cases())
def test_what_each_pause_is_said_to_move_adds_up_to_all_that_pauses_took(case: TimeCase) -> None:
    closed = tuple(each for each in case.pauses if each.ends is not None)
    calendar = case.book.calendar(case.zone, case.office, case.service)
    found = reckon(case.start, case.allowance, calendar, pauses=closed)

    lines = explain(case.start, case.allowance, calendar, pauses=closed)

    said = [each.facts["amount"] for each in lines if each.message.endswith("by which the date moves.")]
    if case.allowance.clock is not Clock.CONSECUTIVE_DAYS:
        assert abs(sum(map(minutes_of, said)) - found.paused / timedelta(minutes=1)) <= 0.5 * len(closed)
