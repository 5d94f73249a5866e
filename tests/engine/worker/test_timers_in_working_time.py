"""Timers that an office counts: `working days(3)` in a drawing, on both interpreters and both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Database, Engine, change_calendar, open_case, pass_time, take_back_work_item
from engine.domain.calendar import CalendarDay, DayKind
from engine.domain.calendar_book import CalendarBook
from engine.domain.deadline import due_at
from engine.domain.release import Allowance, Clock, Performer, Whose
from engine.machine import Machine
from engine.process import CannotRun, Interpreter
from engine.spiff import Spiff
from engine.storage import tables
from engine.storage.organisation import organisation_version, read_organisation
from engine.worker import Worker
from tests.small_office import KEYS, MORNING, Play

HOST = "start -> user A -> end\nboundary t (on A; timer {}; beside) -> user Late -> end late"


@pytest.fixture(params=[Machine, Spiff])
def either(request: pytest.FixtureRequest, database_url: str) -> Iterator[Play]:
    """A house whose cases run on one interpreter, or on the other."""
    first = cast(Interpreter, request.param())
    engine = Engine(Database(database_url), [first], KEYS)
    yield Play(engine)
    engine.close()


def timer(play: Play) -> dict[str, Any]:
    (row,) = play.rows(tables.timer)
    return row


def counted(play: Play, since: datetime, allowance: Allowance, office: str = "JATENG") -> datetime:
    with play.engine.database.reading() as connection:
        known = read_organisation(connection, organisation_version(connection))
    return due_at(since, allowance, known.calendar(office))


def test_a_timer_fires_at_the_close_of_its_working_day_and_not_before(either: Play) -> None:
    either.publish("start -> catch t (timer duration working days(2)) -> user A -> end")
    either.open()
    due = counted(either, MORNING, Allowance(2, Clock.WORKING_DAYS))
    assert (due.isoformat(), timer(either)["due_at"]) == ("2026-05-06T16:00:00+07:00", due)

    before = Worker(either.engine, lambda: due - timedelta(seconds=1)).work_once()
    after = Worker(either.engine, lambda: due).work_once()

    assert (before, after) == (0, 1)
    assert [each.element for each in either.items()] == ["A"]


def test_it_is_counted_where_the_activity_stands_that_it_is_attached_to(either: Play) -> None:
    text = HOST.format("duration working hours(4)")
    either.publish(text, "ours")
    either.publish(text, "theirs", A={"performer": Performer("petugas", Whose.HEAD)})

    for code in ("ours", "theirs"):
        either.engine.perform(open_case, code, office="NTB", officer="wayan", at=MORNING)

    rows, four = either.rows(tables.timer), Allowance(4, Clock.WORKING_HOURS)
    assert [(row["office"], row["amount"], row["clock"]) for row in rows] == [
        ("NTB", 4, "working-hours"),
        ("PUSAT", 4, "working-hours"),
    ]
    assert [row["due_at"] for row in rows] == [counted(either, MORNING, four, each) for each in ("NTB", "PUSAT")]
    assert rows[0]["due_at"] != rows[1]["due_at"]


def test_a_cycle_counts_each_of_its_firings_from_the_beginning(either: Play) -> None:
    either.publish(HOST.format("cycle R3/working days(2)"))
    either.open()
    fired = []

    while rows := either.rows(tables.timer):
        fired.append(rows[0]["due_at"])
        either.engine.perform(pass_time, case=1, at=fired[-1])

    assert fired == [counted(either, MORNING, Allowance(days, Clock.WORKING_DAYS)) for days in (2, 4, 6)]
    assert [each.element for each in either.items()] == ["A", "Late", "Late", "Late"]


def test_a_fact_may_say_how_long(either: Play) -> None:
    text = "duration if urgent then working hours(n) else calendar days(n * 2)"
    either.publish(f"start -> catch t (timer {text}) -> user A -> end")

    either.open(facts={"urgent": False, "n": 3})

    assert timer(either)["due_at"] == counted(either, MORNING, Allowance(6, Clock.CALENDAR_DAYS))


def test_a_release_begins_cases_by_the_calendar_of_the_head_office(play: Play) -> None:
    play.publish("start s (timer cycle R2/working days(1)) -> user A -> end")
    first = timer(play)["due_at"]

    Worker(play.engine, lambda: first).work_once()

    assert first == counted(play, MORNING, Allowance(1, Clock.WORKING_DAYS), "PUSAT")
    assert timer(play)["due_at"] == counted(play, first, Allowance(1, Clock.WORKING_DAYS), "PUSAT")
    assert play.count(tables.case) == 1


def test_the_row_keeps_by_which_state_of_the_calendars_it_was_counted(play: Play) -> None:
    play.publish(HOST.format("duration working days(1)"))
    play.open()
    play.engine.perform(
        change_calendar,
        CalendarBook(days=(CalendarDay(MORNING.date() + timedelta(days=1), DayKind.LOCAL, "Libur", office="JATENG"),)),
        at=play.now,
    )
    play.open()

    first, second = play.rows(tables.timer)

    assert second["edition"] > first["edition"]
    assert second["due_at"] == first["due_at"] + timedelta(days=1)
    assert first["since_at"] == MORNING


def test_a_step_that_is_taken_back_has_its_timer_again_as_it_was(play: Play) -> None:
    play.publish("start -> user A -> user B -> end\nboundary t (on A; timer duration working days(3)) -> end late")
    play.open()
    before = timer(play)
    done = play.item("A").number
    play.complete("A")
    assert play.rows(tables.timer) == []

    play.engine.perform(
        take_back_work_item,
        done,
        seen=play.rows(tables.work_item)[0]["version"],
        reason="Salah berkas",
        officer="sri",
        at=play.now,
    )

    assert {**timer(play), "id": 0} == {**before, "id": 0}


WRONG = {
    "start -> xor x -[working days(1) > n]-> user A -> end\nx -[*]-> end other": "feel-readable",
    "start -> catch t (timer date working days(1)) -> user A -> end": "timer-readable",
    "start -> user A (times working days(1)) -> end": "feel-readable",
    "start -> catch t (timer duration working days(0)) -> user A -> end": "timer-readable",
    "start -> catch t (timer duration working days(1.5)) -> user A -> end": "timer-readable",
    "start -> catch t (timer duration working day(1)) -> user A -> end": "timer-readable",
    "start -> catch t (timer duration months(1, 2)) -> user A -> end": "timer-readable",
    HOST.format("cycle R3/working days(n)"): "timer-readable",
    HOST.format("cycle working days(3)"): "timer-readable",
}


@pytest.mark.parametrize("text", WRONG)
def test_it_is_refused_where_it_cannot_stand(play: Play, text: str) -> None:
    with pytest.raises(CannotRun) as refused:
        play.publish(text)

    errors = [each for each in refused.value.findings if each.severity == "error"]
    assert [each.rule for each in errors] == [WRONG[text]]
    assert errors[0].element
    assert errors[0].line


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory, furnished_file: Any) -> Iterator[Play]:
    """One house for all random allowances, with a procedure for each clock."""
    path = tmp_path_factory.mktemp("allowances") / "lajur.db"
    path.write_bytes(furnished_file.read_bytes())
    engine = Engine(Database(f"sqlite:///{path}"), [Machine()], KEYS)
    play = Play(engine)
    for clock in Clock:
        play.publish(HOST.format(f"duration {clock.value.replace('-', ' ')}(n)"), clock.value)
    yield play
    engine.close()


@settings(max_examples=60)
@given(
    clock=st.sampled_from(Clock),
    amount=st.integers(1, 60),
    office=st.sampled_from(["JATENG", "NTB"]),
    begun=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),  # noqa: DTZ001 - given its zone below
)
def test_a_timer_is_due_when_a_deadline_of_the_same_allowance_is(
    beside: Play, clock: Clock, amount: int, office: str, begun: datetime
) -> None:
    at = begun.replace(microsecond=0, tzinfo=MORNING.tzinfo)
    officer = {"JATENG": "sri", "NTB": "wayan"}[office]

    beside.engine.perform(open_case, clock.value, office=office, officer=officer, at=at, facts={"n": amount})

    row = beside.rows(tables.timer)[-1]
    assert row["due_at"] == counted(beside, at, Allowance(amount, clock), office)
    assert (row["since_at"], row["office"]) == (at, office)
