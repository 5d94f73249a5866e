from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.domain.calendar import ROUND_THE_CLOCK, Calendar, CalendarDay, DayKind
from engine.domain.deadline import due_at, explain, time_left
from engine.domain.release import Allowance, Clock
from engine.errors import NotValid

WIB, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")
LABOUR = CalendarDay(date(2026, 5, 1), DayKind.PUBLIC, "Hari Buruh Internasional")
LABOUR_DAY = {LABOUR.day: LABOUR.title}
OFFICE = Calendar("Asia/Jakarta", holidays=LABOUR_DAY, certain=frozenset({2026, 2027}))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


@pytest.mark.parametrize(
    ("start", "amount", "clock", "due"),
    [
        # 4 May 2026 is a Monday, 1 May a Friday and a holiday
        ("2026-05-04T08:00", 4, Clock.WORKING_HOURS, "2026-05-04T12:00"),
        ("2026-05-04T11:00", 2, Clock.WORKING_HOURS, "2026-05-04T14:00"),  # over the break
        ("2026-05-08T11:00", 1, Clock.WORKING_HOURS, "2026-05-08T13:30"),  # over the long Friday break
        ("2026-05-04T15:00", 1, Clock.WORKING_HOURS, "2026-05-04T16:00"),  # ends at closing, not at the next opening
        ("2026-05-04T15:00", 1.5, Clock.WORKING_HOURS, "2026-05-05T08:00"),  # overnight
        ("2026-04-30T15:30", 1, Clock.WORKING_HOURS, "2026-05-04T08:00"),  # over the holiday and a weekend
        ("2026-05-03T22:00", 1, Clock.WORKING_HOURS, "2026-05-04T08:30"),  # begun on a Sunday night
        ("2026-05-04T08:00", 1, Clock.WORKING_DAYS, "2026-05-05T16:00"),
        ("2026-05-04T23:00", 1, Clock.WORKING_DAYS, "2026-05-05T16:00"),
        ("2026-05-03T10:00", 1, Clock.WORKING_DAYS, "2026-05-04T16:00"),
        ("2026-04-30T10:00", 1, Clock.WORKING_DAYS, "2026-05-04T16:00"),
        ("2026-05-04T08:00", 4, Clock.WORKING_DAYS, "2026-05-08T16:30"),  # a Friday closes at half past four
        ("2026-05-04T08:00", 7, Clock.CALENDAR_DAYS, "2026-05-11T23:59:59"),
        ("2026-01-31T08:00", 1, Clock.MONTHS, "2026-02-28T23:59:59"),
        ("2026-08-31T08:00", 6, Clock.MONTHS, "2027-02-28T23:59:59"),
        ("2026-05-01T13:00", 72, Clock.RUNNING_HOURS, "2026-05-04T13:00"),
    ],
)
def test_a_deadline_is_counted_on_its_own_clock(start: str, amount: float, clock: Clock, due: str) -> None:
    assert due_at(at(start), Allowance(amount, clock), OFFICE) == at(due)


def test_the_clock_is_that_of_the_office_and_not_of_whoever_asks() -> None:
    ambon = Calendar("Asia/Jayapura")

    due = due_at(at("2026-05-04T13:30"), Allowance(1, Clock.WORKING_HOURS), ambon)

    assert due == datetime(2026, 5, 5, 8, 0, tzinfo=WIT)  # half past one in Jakarta is half past three there


def test_an_office_with_shifts_counts_nights_and_holidays() -> None:
    helpdesk = Calendar("Asia/Jakarta", ROUND_THE_CLOCK, LABOUR_DAY, closes_on_holidays=False)

    assert due_at(at("2026-04-30T23:00"), Allowance(4, Clock.WORKING_HOURS), helpdesk) == at("2026-05-01T03:00")


@pytest.mark.parametrize(
    ("amount", "clock"),
    [
        (0, Clock.WORKING_HOURS),
        (-1, Clock.RUNNING_HOURS),
        (float("nan"), Clock.WORKING_HOURS),
        (float("inf"), Clock.MONTHS),
        (0.5, Clock.WORKING_DAYS),
        (1.5, Clock.CALENDAR_DAYS),
        (121, Clock.MONTHS),
        (1e9, Clock.WORKING_HOURS),
    ],
)
def test_an_allowance_that_cannot_be_counted_is_refused(amount: float, clock: Clock) -> None:
    with pytest.raises(NotValid):
        due_at(at("2026-05-04T08:00"), Allowance(amount, clock), OFFICE)


def test_a_count_that_never_ends_is_refused() -> None:
    closed = Calendar("Asia/Jakarta", holidays={date(2026, 1, 1) + timedelta(days=n): "tutup" for n in range(4_400)})

    with pytest.raises(NotValid, match="within ten years"):
        due_at(at("2026-05-04T08:00"), Allowance(1, Clock.WORKING_HOURS), closed)


def test_time_left_leaves_out_nights_and_weekends() -> None:
    left = time_left(at("2026-05-08T15:30"), at("2026-05-11T08:30"), OFFICE)

    assert left.working == timedelta(hours=2)
    assert left.running == timedelta(days=2, hours=17)
    assert not left.late


def test_a_missed_deadline_tells_by_how_much_working_time() -> None:
    left = time_left(at("2026-05-11T08:30"), at("2026-05-08T15:30"), OFFICE)

    assert left.late
    assert left.working == -timedelta(hours=2)


def test_why_this_date_names_the_days_that_did_not_count() -> None:
    reasons = [each.sentence() for each in explain(at("2026-04-30T10:00"), Allowance(1, Clock.WORKING_DAYS), OFFICE)]

    assert "2026-05-01 does not count: Hari Buruh Internasional." in reasons
    assert "2026-05-04 is working day 1." in reasons
    assert reasons[-1].startswith("It is due on 2026-05-04 16:00")


def test_why_this_date_quotes_the_wording_it_rests_on() -> None:
    allowance = Allowance(72, Clock.RUNNING_HOURS, "paling lambat 3 x 24 jam")

    reasons = explain(at("2026-04-30T10:00"), allowance, OFFICE)

    assert any(each.facts.get("basis") == "paling lambat 3 x 24 jam" for each in reasons)


def test_a_date_in_a_year_without_decreed_leave_days_says_that_it_may_move() -> None:
    reasons = explain(at("2027-12-31T10:00"), Allowance(2, Clock.WORKING_DAYS), OFFICE)

    assert reasons[-1].sentence() == "The joint leave days of 2028 are not decreed yet: the date may move."
