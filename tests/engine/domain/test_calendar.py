from datetime import UTC, date, datetime

import pytest

from engine.domain.calendar import (
    OFFICE_WEEK,
    RAMADAN_WEEK,
    Calendar,
    CalendarDay,
    DayKind,
    Hours,
    Season,
    hours,
    week,
)
from engine.errors import NotValid

LEAVE = CalendarDay(date(2026, 12, 24), DayKind.JOINT_LEAVE, "Cuti Bersama Natal")
MONDAY, FRIDAY, SATURDAY = date(2026, 5, 4), date(2026, 5, 8), date(2026, 5, 9)


def off(day: date) -> CalendarDay:
    return CalendarDay(day, DayKind.LOCAL, "Hari Contoh", office="bp3mi-contoh")


def test_office_hours_add_up_to_what_the_regulation_says() -> None:
    minutes = [sum(each.closes - each.opens for each in day) for day in OFFICE_WEEK]

    assert minutes == [450, 450, 450, 450, 450, 0, 0]
    assert sum(minutes) == 37.5 * 60


def test_hours_in_ramadan_add_up_to_what_the_regulation_says() -> None:
    assert sum(each.closes - each.opens for day in RAMADAN_WEEK for each in day) == 32.5 * 60


def test_a_friday_closes_half_an_hour_later_because_its_break_is_longer() -> None:
    calendar = Calendar("Asia/Jakarta")

    assert calendar.closing(MONDAY).strftime("%H:%M") == "16:00"
    assert calendar.closing(FRIDAY).strftime("%H:%M") == "16:30"


def test_a_holiday_is_no_working_day_and_says_its_name() -> None:
    calendar = Calendar("Asia/Jakarta", holidays={MONDAY: "Hari Contoh"})

    assert not calendar.is_working_day(MONDAY)
    assert calendar.why_closed(MONDAY) == "Hari Contoh"


def test_a_season_replaces_the_week_between_its_two_dates_only() -> None:
    calendar = Calendar("Asia/Jakarta", seasons=(Season("Ramadan", MONDAY, FRIDAY, RAMADAN_WEEK),))

    assert calendar.closing(FRIDAY).strftime("%H:%M") == "15:30"
    assert calendar.closing(date(2026, 5, 11)).strftime("%H:%M") == "16:00"


def test_one_moment_is_another_hour_in_each_zone() -> None:
    noon = datetime(2026, 5, 4, 3, 0, tzinfo=UTC)

    told = [Calendar(zone).local(noon).hour for zone in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")]

    assert told == [10, 11, 12]


def test_hours_are_read_as_people_write_them() -> None:
    assert hours("07:30-12:00 13:00-24:00") == (Hours(450, 720), Hours(780, 1440))


@pytest.mark.parametrize("text", ["07:30", "12:00-07:30", "08:00-08:00", "noon-13:00", "08:00-25:00"])
def test_hours_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(NotValid):
        hours(text)


@pytest.mark.parametrize(
    "days",
    [
        week("", "", "", "", "", "", ""),
        week("08:00-16:00"),
        week("08:00-12:00 11:00-16:00", "", "", "", "", "", ""),
    ],
)
def test_a_week_that_cannot_be_counted_with_is_refused(days: tuple[tuple[Hours, ...], ...]) -> None:
    with pytest.raises(NotValid):
        Calendar("Asia/Jakarta", week=days)


@pytest.mark.parametrize("zone", ["WIB", "Europe/Berlin", "../etc/passwd"])
def test_a_zone_that_is_unknown_or_changes_its_clock_is_refused(zone: str) -> None:
    with pytest.raises(NotValid):
        Calendar(zone)


def test_a_moment_without_a_zone_has_no_place_on_the_clock() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        Calendar("Asia/Jakarta").local(datetime(2026, 5, 4, 10, 0))  # noqa: DTZ001 - the mistake itself


def test_a_free_day_has_no_closing() -> None:
    with pytest.raises(ValueError, match="no working day"):
        Calendar("Asia/Jakarta").closing(SATURDAY)
