"""Deadlines against an oracle that walks the clock minute by minute and knows nothing of spans."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain.calendar import OFFICE_WEEK, RAMADAN_WEEK, ROUND_THE_CLOCK, Calendar, Season, Week, week
from engine.domain.deadline import due_at, explain, time_left
from engine.domain.release import Allowance, Clock

MINUTE = timedelta(minutes=1)
FIRST = date(2026, 2, 1)
ZONES = st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
WEEKS = st.sampled_from(
    [
        OFFICE_WEEK,
        ROUND_THE_CLOCK,
        week("08:00-14:00", "08:00-14:00", "08:00-14:00", "08:00-14:00", "08:00-11:00", "08:00-13:00", ""),
        week("20:00-24:00", "00:00-06:00 20:00-24:00", "00:00-06:00", "", "", "", "23:00-24:00"),
    ]
)
DAYS = st.sets(st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n)), max_size=12)
STARTS = st.integers(0, 20 * 24 * 60)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    holidays = dict.fromkeys(draw(DAYS), "libur")
    first = FIRST + timedelta(days=draw(st.integers(0, 30)))
    season = Season("Ramadan", first, first + timedelta(days=draw(st.integers(0, 30))), RAMADAN_WEEK)
    usual: Week = draw(WEEKS)
    seasons = (season,) if draw(st.booleans()) else ()
    return Calendar(draw(ZONES), usual, holidays, seasons, closes_on_holidays=draw(st.booleans()))


def begun(calendar: Calendar, minutes: int) -> datetime:
    return datetime(2026, 2, 1, tzinfo=ZoneInfo(calendar.zone)) + minutes * MINUTE


def works(calendar: Calendar, moment: datetime) -> bool:
    """Whether the minute that begins now is working time."""
    day, minute = moment.date(), moment.hour * 60 + moment.minute
    if calendar.closes_on_holidays and day in calendar.holidays:
        return False
    in_season = [each.week for each in calendar.seasons if each.first <= day <= each.last]
    return any(span.opens <= minute < span.closes for span in (in_season or [calendar.week])[0][day.weekday()])


def minutes_from(moment: datetime) -> Iterator[datetime]:
    while True:
        yield moment
        moment += MINUTE


@settings(max_examples=60, deadline=None)
@given(calendars(), STARTS, st.integers(1, 30 * 60))
def test_working_hours_end_where_counting_every_minute_ends(calendar: Calendar, start: int, wanted: int) -> None:
    moment = begun(calendar, start)

    counted = 0
    for each in minutes_from(moment):
        counted += works(calendar, each)
        if counted == wanted:
            break

    assert due_at(moment, Allowance(wanted / 60, Clock.WORKING_HOURS), calendar) == each + MINUTE


@settings(max_examples=60, deadline=None)
@given(calendars(), STARTS, st.integers(0, 20 * 24 * 60))
def test_time_left_is_the_number_of_working_minutes_between(calendar: Calendar, start: int, length: int) -> None:
    now = begun(calendar, start)
    due = now + length * MINUTE

    counted = sum(works(calendar, now + each * MINUTE) for each in range(length))

    assert time_left(now, due, calendar).working == counted * MINUTE
    assert time_left(due, now, calendar).working == -counted * MINUTE


@settings(max_examples=60, deadline=None)
@given(calendars(), STARTS, st.integers(1, 15))
def test_working_days_end_with_the_last_working_minute_of_their_day(
    calendar: Calendar, start: int, wanted: int
) -> None:
    moment = begun(calendar, start)

    tomorrow = (moment + timedelta(days=1)).replace(hour=0, minute=0)
    days: list[date] = []
    for each in minutes_from(tomorrow):
        if works(calendar, each):
            if each.date() not in days:
                days.append(each.date())
            last = each
        if len(days) > wanted:
            break
        if len(days) == wanted:
            end = last + MINUTE

    assert due_at(moment, Allowance(wanted, Clock.WORKING_DAYS), calendar) == end


@settings(max_examples=60, deadline=None)
@given(calendars(), STARTS, st.sampled_from(Clock), st.integers(1, 12))
def test_the_reasons_end_at_the_deadline_that_they_explain(
    calendar: Calendar, start: int, clock: Clock, wanted: int
) -> None:
    moment, allowance = begun(calendar, start), Allowance(wanted, clock)

    moments = [each.facts["moment"] for each in explain(moment, allowance, calendar) if "moment" in each.facts]

    assert moments == [moment, due_at(moment, allowance, calendar)]
