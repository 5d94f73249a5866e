from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.domain.calendar import Calendar
from engine.domain.calendar_book import CalendarBook
from engine.domain.deadline import Extension, Move, Pause, Reckoning, due_at, reckon
from engine.domain.release import Allowance, Clock
from engine.errors import NotValid

WIB, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")
OFFICE = CalendarBook(1).calendar("Asia/Jakarta")
MONDAY = "2026-05-04T10:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


def pause(begins: str, ends: str | None = None) -> Pause:
    return Pause(at(begins), at(ends) if ends else None, "applicant")


def count(amount: float, clock: Clock, *pauses: Pause, start: str = MONDAY, now: str = "") -> Reckoning:
    return reckon(at(start), Allowance(amount, clock), OFFICE, pauses=pauses, now=at(now) if now else None)


def test_without_a_pause_the_deadline_is_the_base() -> None:
    found = count(3, Clock.WORKING_DAYS)

    assert found.due == found.base == at("2026-05-07T16:00")
    assert found.budget == timedelta(hours=5 + 3 * 7.5)
    assert (found.paused, found.stopped, found.left_when_stopped) == (timedelta(0), False, None)


@pytest.mark.parametrize(
    ("begins", "ends", "due"),
    [
        ("2026-05-05T10:00", "2026-05-05T11:30", "2026-05-08T09:00"),  # an hour and a half of one day
        (
            "2026-05-05T10:00",
            "2026-05-06T10:00",
            "2026-05-08T16:30",
        ),  # a day of seven and a half hours, to Friday's end
        ("2026-05-05T16:00", "2026-05-06T07:30", "2026-05-07T16:00"),  # a night: nothing that counts
        ("2026-05-05T11:30", "2026-05-05T13:30", "2026-05-08T08:30"),  # two hours around the break: one counts
        ("2026-05-01T10:00", "2026-05-04T11:00", "2026-05-08T08:30"),  # begun before the start: one hour counts
        ("2026-05-07T16:00", "2026-05-09T10:00", "2026-05-07T16:00"),  # begun at the deadline itself
        ("2026-05-07T15:59", "2026-05-07T20:00", "2026-05-08T07:31"),  # one minute before it
    ],
)
def test_a_deadline_in_working_days_moves_by_the_working_time_of_the_pause(begins: str, ends: str, due: str) -> None:
    assert count(3, Clock.WORKING_DAYS, pause(begins, ends)).due == at(due)


def test_pauses_that_overlap_count_once() -> None:
    one, other = pause("2026-05-05T10:00", "2026-05-05T11:00"), pause("2026-05-05T10:30", "2026-05-05T11:30")

    found = count(3, Clock.WORKING_DAYS, other, one)

    assert found.paused == timedelta(hours=1.5)
    assert found.due == at("2026-05-08T09:00")


def test_a_pause_that_goes_on_leaves_no_deadline_but_what_was_left() -> None:
    found = count(3, Clock.WORKING_DAYS, pause("2026-05-05T10:00"))

    assert (found.due, found.stopped) == (None, True)
    assert found.left_when_stopped == timedelta(hours=5 + 2 * 7.5)
    assert found.at_part(0.25) is not None
    assert found.at_part(0.75) is None
    assert found.after(Allowance(1, Clock.WORKING_DAYS)) is None


def test_a_pause_after_the_deadline_stops_nothing() -> None:
    found = count(3, Clock.WORKING_DAYS, pause("2026-05-08T10:00"), now="2026-05-11T10:00")

    assert (found.due, found.stopped) == (at("2026-05-07T16:00"), False)


def test_what_a_pause_has_taken_so_far_is_told_until_now() -> None:
    found = count(3, Clock.WORKING_DAYS, pause("2026-05-05T10:00"), now="2026-05-05T15:00")

    assert found.paused == timedelta(hours=4)


def test_an_open_pause_that_has_not_begun_yet_holds_nothing_up() -> None:
    found = count(3, Clock.WORKING_DAYS, pause("2026-05-06T10:00"), now="2026-05-05T15:00")

    assert (found.due, found.stopped) == (at("2026-05-07T16:00"), False)


def test_a_pause_with_a_foreseen_end_stops_now_and_keeps_its_deadline() -> None:
    found = count(3, Clock.WORKING_DAYS, pause("2026-05-05T10:00", "2026-05-05T15:00"), now="2026-05-05T11:00")

    assert (found.due, found.stopped) == (at("2026-05-08T11:30"), True)
    assert found.left_when_stopped == timedelta(hours=5 + 2 * 7.5)


def test_calendar_days_move_by_all_of_the_pause() -> None:
    found = count(7, Clock.CALENDAR_DAYS, pause("2026-05-05T22:00", "2026-05-06T01:00"))

    assert found.due == at("2026-05-12T02:59:59")


def test_consecutive_days_begin_anew_on_the_day_after_a_pause() -> None:
    broken = count(60, Clock.CONSECUTIVE_DAYS, pause("2026-06-01T09:00", "2026-06-02T09:00"))
    late = count(60, Clock.CONSECUTIVE_DAYS, pause("2026-07-04T09:00", "2026-07-05T09:00"))

    assert broken.due == at("2026-08-01T23:59:59")
    assert late.due == late.base == at("2026-07-03T23:59:59")


def test_extensions_are_added_before_pauses_each_by_its_own_clock() -> None:
    found = reckon(
        at(MONDAY),
        Allowance(3, Clock.WORKING_DAYS),
        OFFICE,
        extensions=[Extension(Allowance(2, Clock.WORKING_DAYS)), Extension(Allowance(1, Clock.CALENDAR_DAYS))],
        pauses=[pause("2026-05-05T10:00", "2026-05-05T11:00")],
    )

    assert found.base == at("2026-05-12T23:59:59")
    assert found.due == at("2026-05-13T16:29:59")  # Monday 16:00 becomes Tuesday 08:30, and 31 h 59 min 59 follow


def test_parts_of_the_time_are_parts_of_what_counts() -> None:
    found = count(4, Clock.WORKING_HOURS, start="2026-05-04T08:00")

    assert found.at_part(0.5) == at("2026-05-04T10:00")
    assert found.at_part(0.75) == at("2026-05-04T11:00")
    assert found.at_part(1) == found.due
    assert found.after(Allowance(2, Clock.WORKING_DAYS)) == at("2026-05-06T16:00")


def test_a_pause_after_the_deadline_moves_what_follows_it() -> None:
    found = count(3, Clock.WORKING_DAYS, pause("2026-05-08T10:00", "2026-05-08T11:00"))

    assert found.after(Allowance(2, Clock.WORKING_DAYS)) == at("2026-05-12T08:30")


def test_five_working_days_stay_five_when_another_zones_office_takes_over() -> None:
    ambon = CalendarBook(1).calendar("Asia/Jayapura")

    found = reckon(at(MONDAY), Allowance(5, Clock.WORKING_DAYS), OFFICE, moves=[Move(at("2026-05-06T09:00"), ambon)])

    assert found.due == datetime(2026, 5, 11, 16, 0, tzinfo=WIT)


def test_hours_that_were_used_stay_used_when_another_office_takes_over() -> None:
    ambon = CalendarBook(1).calendar("Asia/Jayapura")

    found = reckon(at(MONDAY), Allowance(8, Clock.WORKING_HOURS), OFFICE, moves=[Move(at("2026-05-04T15:00"), ambon)])

    # 10:00 to 12:00 and 13:00 to 15:00 in Jakarta; it is five o'clock in Ambon then, where four hours of Tuesday follow
    assert found.due == datetime(2026, 5, 5, 11, 30, tzinfo=WIT)


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(NotValid):
        pause("2026-05-05T11:00", "2026-05-05T10:00")


def test_a_deadline_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(NotValid):
        due_at(datetime(9999, 12, 1, tzinfo=WIB), Allowance(2, Clock.MONTHS), Calendar("Asia/Jakarta"))
