from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.domain.calendar import ROUND_THE_CLOCK, Calendar, CalendarDay, DayKind
from engine.domain.deadline import due_at, explain, time_left
from engine.domain.reckoning import Extension, Pause
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


def told(start: str, amount: float, clock: Clock, **more: object) -> list[str]:
    return [each.sentence() for each in explain(at(start), Allowance(amount, clock), OFFICE, **more)]  # type: ignore[arg-type]


def test_days_that_count_and_days_that_do_not_are_told_as_they_follow_one_another() -> None:
    reasons = told("2026-04-30T10:00", 1, Clock.WORKING_DAYS)

    days = [each[:10] for each in reasons if each.startswith("2026-")]
    assert days == ["2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04"]
    assert reasons[-2] == "On 2026-05-04 the office works 07:30-12:00, 13:00-16:00."


def test_of_two_pauses_that_overlap_the_later_says_that_only_the_rest_is_taken() -> None:
    first = Pause(at("2026-05-04T10:00"), at("2026-05-04T14:00"), why="applicant")
    second = Pause(at("2026-05-04T13:00"), at("2026-05-04T15:00"), why="other-agency")

    reasons = told("2026-05-04T09:00", 7, Clock.WORKING_HOURS, pauses=[second, first])

    assert "That is 3 h of working time, by which the date moves." in reasons
    assert "Beyond what was taken before it that is 1 h of working time, by which the date moves." in reasons
    assert "On 2026-05-05 the office works 07:30-12:00, 13:00-16:00." not in reasons  # its hours were told already


def test_days_to_which_pauses_move_the_end_are_told_with_their_hours() -> None:
    pause = Pause(at("2026-05-04T10:00"), at("2026-05-04T14:00"), why="applicant")

    reasons = told("2026-05-04T09:00", 6, Clock.WORKING_HOURS, pauses=[pause])

    assert reasons[-2:] == [
        "On 2026-05-05 the office works 07:30-12:00, 13:00-16:00.",
        "It is due on 2026-05-05 10:30:00+07:00.",
    ]


def test_days_in_a_row_are_told_by_their_first_and_their_last() -> None:
    pause = Pause(at("2026-05-10T10:00"), at("2026-05-12T10:00"), why="force-majeure")

    reasons = told("2026-05-04T09:00", 14, Clock.CONSECUTIVE_DAYS, pauses=[pause])

    assert "2026-05-05 is day 1, 2026-05-18 is day 14." in reasons
    assert "The run is broken: the count begins anew, and 2026-05-13 is day 1." in reasons


def test_a_month_that_is_too_short_says_so() -> None:
    short = "The month of the end has no day 30: its last day is 2024-02-29."

    assert short in told("2023-11-30T09:30", 3, Clock.MONTHS)
    assert [each for each in told("2023-11-28T09:30", 3, Clock.MONTHS) if "has no day" in each] == []


def test_an_extension_speaks_of_pauses_only_where_there_are_any() -> None:
    added = [Extension(Allowance(2, Clock.WORKING_DAYS))]
    pause = Pause(at("2026-05-04T10:00"), at("2026-05-04T14:00"))

    alone = told("2026-05-04T09:00", 1, Clock.WORKING_DAYS, extensions=added)
    paused = told("2026-05-04T09:00", 1, Clock.WORKING_DAYS, extensions=added, pauses=[pause])

    assert "It was extended by 2 working days: until 2026-05-07 16:00:00+07:00." in alone
    assert [each for each in alone if "pause" in each] == []
    assert "It was extended by 2 working days; without pauses this is until 2026-05-07 16:00:00+07:00." in paused
