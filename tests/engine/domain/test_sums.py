from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.domain.calendar import Calendar, CalendarDay, DayKind
from engine.domain.calendar_book import CalendarBook
from engine.domain.deadline import due_at, reckon
from engine.domain.release import Allowance, Clock
from engine.domain.sums import Sums
from engine.errors import NotValid

FIRST = date(2023, 11, 20)
DAYS = [FIRST + timedelta(days=each) for each in range(2_000)]
WIB = ZoneInfo("Asia/Jakarta")


def worth(day: date) -> int:
    return 0 if day.weekday() > 4 else day.day


@pytest.mark.parametrize("last", [0, 1, 41, 42, 43, 101, 407, 408, 1_999])
def test_a_span_over_years_is_the_sum_of_its_days_without_the_last(last: int) -> None:
    assert Sums(worth).between(FIRST, DAYS[last]) == sum(map(worth, DAYS[:last]))


@pytest.mark.parametrize("wanted", [1, 20, 21, 100, 500, 1_234, 15_000])
def test_the_day_that_makes_up_an_amount_is_where_adding_day_by_day_comes_to_it(wanted: int) -> None:
    before, place = 0, 0
    while before + worth(DAYS[place]) < wanted:
        before += worth(DAYS[place])
        place += 1

    assert Sums(worth).reached(FIRST, wanted, date(2033, 1, 1)) == (DAYS[place], before)


def test_an_amount_that_is_not_made_up_in_time_is_none() -> None:
    assert Sums(worth).reached(FIRST, 20, FIRST) is None
    assert Sums(lambda _: 0).reached(FIRST, 1, date(2033, 1, 1)) is None


def test_ten_years_of_working_days_are_counted_and_one_more_is_not() -> None:
    office = Calendar("Asia/Jakarta")
    begun = datetime(2026, 5, 4, 10, tzinfo=WIB)

    due = due_at(begun, Allowance(2_600, Clock.WORKING_DAYS), office)

    assert due == datetime(2036, 4, 21, 16, tzinfo=WIB)  # 520 weeks
    with pytest.raises(NotValid, match="within ten years"):
        due_at(begun, Allowance(2_615, Clock.WORKING_DAYS), office)


def test_each_year_is_looked_at_once() -> None:
    asked: list[date] = []
    sums = Sums(lambda day: asked.append(day) or 1)  # type: ignore[func-returns-value]

    for _ in range(3):
        sums.between(date(2026, 1, 1), date(2026, 12, 31))

    assert len(asked) == 365


def test_a_calendar_of_a_new_edition_counts_with_its_own_days() -> None:
    monday, closed = datetime(2026, 5, 4, 10, tzinfo=WIB), CalendarDay(date(2026, 5, 5), DayKind.LOCAL, "Contoh")
    allowance = Allowance(1, Clock.WORKING_DAYS)

    before = reckon(monday, allowance, CalendarBook(1).calendar("Asia/Jakarta"))
    after = reckon(monday, allowance, CalendarBook(2, (closed,)).calendar("Asia/Jakarta"))

    assert [each.due and each.due.day for each in (before, after)] == [5, 6]
