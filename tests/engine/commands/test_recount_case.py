"""What is due moves to where a new edition of the calendar says: deadlines, items, rungs and timers, once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from engine import add_post, change_calendar, pause_clocks, recount_case
from engine.domain.calendar import ROUND_THE_CLOCK, CalendarDay, DayKind
from engine.domain.calendar_book import NATIONAL_WEEK, CalendarBook, WeekRule
from engine.domain.organisation import Post
from engine.domain.release import Allowance, Clock
from engine.storage import tables
from engine.worker import Worker
from tests.small_office import MORNING, Play

DAY = timedelta(days=1)
TWO_DAYS = {"allowance": Allowance(2, Clock.WORKING_DAYS)}
LEAVE = CalendarBook(days=(CalendarDay(date(2026, 5, 5), DayKind.JOINT_LEAVE, "Cuti bersama contoh"),))


def decree(play: Play, book: CalendarBook = LEAVE) -> None:
    play.engine.perform(change_calendar, book, decree="SKB 9/2026", note="contoh", at=play.now)


def work(play: Play, at: datetime | None = None) -> int:
    return Worker(play.engine, lambda: at or play.now).work_once()


def told(play: Play) -> list[dict[str, Any]]:
    return [row["data"] for row in play.rows(tables.audit) if row["kind"] == "case.recounted"]


@pytest.fixture
def running(play: Play) -> Play:
    """A case whose step is due on Wednesday at close of business."""
    play.publish("start -> user A -> end", A=TWO_DAYS)
    play.open()
    return play


def test_a_deadline_and_its_item_move_by_the_day_that_is_off(running: Play) -> None:
    before = running.item("A").due_at
    decree(running)

    assert work(running) == 1
    assert before is not None
    assert running.item("A").due_at == before + DAY
    (row,) = running.rows(tables.clock)
    assert (row["due_at"], row["edition"]) == (before + DAY, 1)


def test_the_case_keeps_from_when_to_when_by_which_edition_and_why(running: Play) -> None:
    before = running.item("A").due_at
    decree(running)
    work(running)

    (data,) = told(running)
    assert before is not None
    assert data["clocks"] == [[1, before.isoformat(), (before + DAY).isoformat()]]
    assert (data["edition"], data["was"], data["decree"], data["why"]) == (1, 0, "SKB 9/2026", "SKB 9/2026")


def test_done_again_or_after_a_restart_nothing_happens_twice(running: Play) -> None:
    decree(running)
    case = running.rows(tables.case)[0]["id"]
    work(running)

    assert running.engine.perform(recount_case, case=case, at=running.now).state == "nothing older"
    assert (work(running), len(told(running))) == (0, 1)


def test_what_is_not_touched_is_counted_by_the_new_edition_without_a_record(running: Play) -> None:
    decree(running, CalendarBook(days=(CalendarDay(date(2026, 12, 24), DayKind.JOINT_LEAVE, "Jauh"),)))

    work(running)

    assert told(running) == []
    assert [row["edition"] for row in running.rows(tables.clock)] == [1]


def test_a_rung_already_climbed_is_not_climbed_again_and_the_next_comes_later(running: Play) -> None:
    due = running.item("A").due_at
    assert due is not None
    work(running, due)  # 75 % and 100 %
    climbed = running.count(tables.escalation)
    decree(running)

    work(running, due)
    work(running, due + DAY)

    assert (climbed, running.count(tables.escalation)) == (2, 2)
    assert running.rows(tables.clock)[0]["next_at"] == datetime(2026, 5, 11, 9, tzinfo=MORNING.tzinfo)  # not Friday


def test_a_paused_clock_stands_still_and_goes_on_by_the_new_edition(running: Play) -> None:
    (row,) = running.rows(tables.case)
    running.engine.perform(
        pause_clocks, row["number"], reason="applicant", text="Menunggu berkas", officer="sri", at=running.now
    )
    decree(running)

    work(running)

    (clock,) = running.rows(tables.clock)
    assert (clock["state"], clock["due_at"], clock["edition"], told(running)) == ("paused", None, 1, [])


def test_a_timer_in_working_time_moves_and_fires_by_the_new_edition(play: Play) -> None:
    play.publish("start -> catch t (timer duration working days(1)) -> user A -> end")
    play.open()
    before = play.rows(tables.timer)[0]["due_at"]
    decree(play)

    work(play, before)

    assert play.rows(tables.timer)[0]["due_at"] == before + DAY
    assert play.items() == []
    (data,) = told(play)
    assert data["timers"] == [["t", before.isoformat(), (before + DAY).isoformat()]]


def test_a_timer_that_was_due_before_the_change_fires_as_it_was(play: Play) -> None:
    play.publish("start -> catch t (timer duration working days(1)) -> user A -> end")
    play.open()
    play.now = play.rows(tables.timer)[0]["due_at"] + timedelta(minutes=5)
    decree(play)

    work(play)

    assert [each.element for each in play.items()] == ["A"]


def test_the_start_timer_of_a_release_moves_too(play: Play) -> None:
    play.publish("start s (timer cycle R2/working days(1)) -> user A -> end")
    before = play.rows(tables.timer)[0]["due_at"]
    decree(play)

    work(play)

    assert play.rows(tables.timer)[0]["due_at"] == before + DAY
    assert [data["timers"][0][0] for data in told(play)] == ["s"]


def test_more_cases_than_one_piece_are_all_moved(running: Play) -> None:
    for _ in range(120):
        running.open()
    decree(running)

    turns = [work(running) for _ in range(3)]

    assert turns[-1] == 0
    assert sum(turns) == 121
    assert {row["edition"] for row in running.rows(tables.clock)} == {1}


def test_a_step_of_a_post_in_shifts_is_counted_by_its_service(running: Play) -> None:
    shifts = WeekRule("Bergilir", ROUND_THE_CLOCK, service="helpdesk", closes_on_holidays=False)
    running.engine.perform(add_post, Post("petugas", "Petugas", ("open",), "helpdesk"), at=running.now)
    decree(running, CalendarBook(days=LEAVE.days, weeks=(NATIONAL_WEEK, shifts)))

    running.open()

    fresh = running.rows(tables.clock)[-1]
    assert (fresh["service"], fresh["due_at"]) == ("helpdesk", datetime(2026, 5, 6, 17, tzinfo=MORNING.tzinfo))
