from datetime import date

import pytest

from engine.domain.calendar import RAMADAN_WEEK, ROUND_THE_CLOCK, CalendarDay, DayKind, week
from engine.domain.calendar_book import NATIONAL_WEEK, CalendarBook, WeekRule
from engine.errors import NotValid

RAMADAN = WeekRule("Ramadan", RAMADAN_WEEK, first=date(2026, 2, 19), last=date(2026, 3, 19))
SIX_DAYS = WeekRule("Enam hari", week(*["07:30-14:00"] * 4, "07:30-11:00", "07:30-13:00", ""), office="bp3mi-a")
ROUND = WeekRule("Siaga", ROUND_THE_CLOCK, service="helpdesk", closes_on_holidays=False)
NIGHT = WeekRule("Malam", week(*["00:00-08:00 20:00-24:00"] * 7), office="bp3mi-a", service="helpdesk")
LABOUR = CalendarDay(date(2026, 5, 1), DayKind.PUBLIC, "Hari Buruh", "SKB 1497/2025")
FLOOD = CalendarDay(date(2026, 5, 4), DayKind.LOCAL, "Banjir", office="bp3mi-a")
MOVING = CalendarDay(date(2026, 5, 5), DayKind.LOCAL, "Pindah loket", office="bp3mi-a", service="opp")
BOOK = CalendarBook(
    7, (LABOUR, FLOOD, MOVING), (NATIONAL_WEEK, RAMADAN, SIX_DAYS, ROUND, NIGHT), {2026: "SKB 1497/2025"}
)
IN_RAMADAN, SATURDAY, ORDINARY = date(2026, 3, 2), date(2026, 4, 18), date(2026, 4, 20)


def minutes(day: date, office: str = "", service: str = "") -> int:
    return BOOK.calendar("Asia/Jakarta", office, service).minutes_of(day)


def test_an_office_without_rules_of_its_own_keeps_the_nations() -> None:
    assert minutes(ORDINARY, "bp3mi-b") == 450
    assert minutes(IN_RAMADAN, "bp3mi-b") == 390


def test_what_is_said_of_an_office_stands_before_the_nations_ramadan() -> None:
    assert minutes(IN_RAMADAN, "bp3mi-a") == 390  # 07:30 to 14:00, not 08:00 to 15:00
    assert BOOK.calendar("Asia/Jakarta", "bp3mi-a").closing(IN_RAMADAN).hour == 14
    assert minutes(SATURDAY, "bp3mi-a") == 330


def test_a_service_stands_before_its_office_and_both_together_before_either() -> None:
    assert minutes(ORDINARY, "bp3mi-b", "helpdesk") == 24 * 60
    assert minutes(ORDINARY, "bp3mi-a", "helpdesk") == 12 * 60


def test_a_rule_that_says_nothing_of_holidays_does_as_the_less_specific_one() -> None:
    assert minutes(LABOUR.day, "bp3mi-b", "helpdesk") == 24 * 60
    assert minutes(LABOUR.day, "bp3mi-a", "helpdesk") == 12 * 60
    assert minutes(LABOUR.day, "bp3mi-a") == 0


def test_days_off_are_everybodys_the_offices_or_the_services() -> None:
    closed = [[minutes(day, *place) == 0 for day in (LABOUR.day, FLOOD.day, MOVING.day)]
              for place in (("bp3mi-b", ""), ("bp3mi-a", ""), ("bp3mi-a", "opp"))]  # fmt: skip

    assert closed == [[True, False, False], [True, True, False], [True, True, True]]


def test_of_two_open_ended_weeks_the_later_one_decides_from_its_first_day_on() -> None:
    short = WeekRule("Pendek", week(*["08:00-12:00"] * 5, "", ""), first=date(2026, 6, 1))
    later = CalendarBook(weeks=(NATIONAL_WEEK, short)).calendar("Asia/Jakarta")

    assert [later.minutes_of(day) for day in (date(2026, 5, 29), date(2026, 6, 1))] == [450, 240]


def test_a_calendar_names_its_edition_its_decrees_and_its_days() -> None:
    calendar = BOOK.calendar("Asia/Makassar", "bp3mi-a")

    assert (calendar.edition, calendar.decreed[2026], calendar.certain) == (7, "SKB 1497/2025", frozenset({2026}))
    assert calendar.days[LABOUR.day].basis == "SKB 1497/2025"


def test_a_book_read_back_from_its_json_is_the_same_book() -> None:
    again = CalendarBook.from_json(BOOK.to_json(), 7)

    assert again == BOOK
    assert again.sha256 == BOOK.sha256


def test_the_order_of_rows_does_not_change_a_book() -> None:
    turned = CalendarBook(8, BOOK.days[::-1], BOOK.weeks[::-1], BOOK.decreed)

    assert turned.sha256 == BOOK.sha256


@pytest.mark.parametrize("said", [{}, {"days": [], "weeks": [], "decreed": {}}, {"days": [{"day": "x"}]}, "[]", "{"])
def test_what_is_no_book_is_refused(said: object) -> None:
    with pytest.raises(NotValid):
        CalendarBook.from_json(said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "weeks"),
    [
        ((LABOUR, LABOUR), (NATIONAL_WEEK,)),
        ((), (NATIONAL_WEEK, NATIONAL_WEEK)),
        ((), (RAMADAN,)),
        ((), (SIX_DAYS,)),
    ],
)
def test_a_book_that_says_a_thing_twice_or_leaves_someone_without_a_week_is_refused(
    days: tuple[CalendarDay, ...], weeks: tuple[WeekRule, ...]
) -> None:
    with pytest.raises(NotValid):
        CalendarBook(days=days, weeks=weeks)


def test_a_week_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(NotValid):
        WeekRule("x", RAMADAN_WEEK, first=date(2026, 3, 19), last=date(2026, 2, 19))
