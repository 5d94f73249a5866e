"""Changing working times: a new edition of the calendar book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine import NotFound, NotYours, Refusal, change_calendar
from engine.course.editions import CalendarMovedOn, CalendarUnchanged, DecreeMissing
from engine.domain.calendar import ROUND_THE_CLOCK, CalendarDay, DayKind
from engine.domain.calendar_book import CalendarBook, WeekRule
from engine.errors import NotValid
from engine.storage import tables
from engine.storage.calendars import book_of, edition_of
from tests.small_office import Play

TUESDAY = date(2026, 5, 5)
NATIONAL = CalendarBook(days=(CalendarDay(TUESDAY, DayKind.JOINT_LEAVE, "Cuti bersama contoh"),))
LOCAL = CalendarBook(days=(CalendarDay(TUESDAY, DayKind.LOCAL, "Pilkada contoh", office="JATENG"),))
SHIFTS = WeekRule("Helpdesk bergilir", ROUND_THE_CLOCK, service="helpdesk", closes_on_holidays=False)


def test_a_change_is_a_new_edition_and_recorded_with_its_decree_and_lines(play: Play) -> None:
    done = play.engine.perform(change_calendar, NATIONAL, decree="SKB 1/2026", note="Contoh", at=play.now)

    (row,) = play.rows(tables.calendar_edition)
    assert (done.number, row["number"], row["decree"], row["note"]) == (1, 1, "SKB 1/2026", "Contoh")
    last = play.rows(tables.audit)[-1]
    assert (last["kind"], last["data"]["edition"], last["data"]["sha256"]) == ("calendar.changed", 1, row["sha256"])
    assert [each["title"] for each in last["data"]["changes"]] == ["Cuti bersama contoh"]


def test_a_national_day_of_which_nothing_else_is_said_rests_on_the_decree(play: Play) -> None:
    play.engine.perform(change_calendar, NATIONAL, decree="SKB 1/2026", at=play.now)

    with play.engine.reading(at=play.now) as reader:
        assert [each.basis for each in reader.organisation.book.days] == ["SKB 1/2026"]


def test_an_old_edition_can_be_read_again(play: Play) -> None:
    play.engine.perform(change_calendar, LOCAL, note="satu", at=play.now)
    play.engine.perform(change_calendar, CalendarBook(), note="dua", at=play.now)

    with play.engine.database.reading() as connection:
        first, second = book_of(connection, 1), book_of(connection, 2)
        assert [edition_of(connection, number).why for number in (1, 2)] == ["satu", "dua"]
    assert (first.number, [each.title for each in first.days]) == (1, ["Pilkada contoh"])
    assert (second.number, second.days) == (2, ())


REFUSED: dict[str, tuple[CalendarBook, dict[str, object], type[Refusal]]] = {
    "nothing changes": (CalendarBook(), {}, CalendarUnchanged),
    "a national day without a decree": (NATIONAL, {"note": "sudah diumumkan"}, DecreeMissing),
    "an office that is not known": (
        replace(LOCAL, days=(replace(LOCAL.days[0], office="ATLANTIS"),)),
        {},
        NotFound,
    ),
    "another edition came between": (LOCAL, {"seen": 7}, CalendarMovedOn),
    "a note without end": (LOCAL, {"note": "x" * 501}, NotValid),
    "somebody who does not administer": (LOCAL, {"officer": "sri"}, NotYours),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_and_leaves_no_trace(play: Play, case: str) -> None:
    book, more, refusal = REFUSED[case]
    before = play.rows(tables.audit)

    with pytest.raises(refusal):
        play.engine.perform(change_calendar, book, at=play.now, **more)  # type: ignore[arg-type] # of a table

    assert (play.rows(tables.calendar_edition), play.rows(tables.audit)) == ([], before)


def test_a_day_cannot_be_of_two_kinds() -> None:
    public = CalendarDay(TUESDAY, DayKind.PUBLIC, "Hari besar contoh")

    with pytest.raises(NotValid, match="named once"):
        CalendarBook(days=(*NATIONAL.days, public))


@pytest.mark.parametrize("verb", ["UPDATE calendar_edition SET note = 'x'", "DELETE FROM calendar_edition"])
def test_an_edition_cannot_be_changed_afterwards(play: Play, verb: str) -> None:
    play.engine.perform(change_calendar, LOCAL, at=play.now)

    with pytest.raises(DBAPIError, match="only grows"), play.engine.database.writing() as connection:
        connection.execute(text(verb))


def test_a_service_has_its_own_hours_in_every_office(play: Play) -> None:
    play.engine.perform(change_calendar, CalendarBook(weeks=(*CalendarBook().weeks, SHIFTS)), at=play.now)

    with play.engine.reading(at=play.now) as reader:
        desk, office = (reader.organisation.calendar("JATENG", each) for each in ("helpdesk", ""))
    assert (desk.minutes_of(date(2026, 5, 3)), office.minutes_of(date(2026, 5, 3))) == (1440, 0)
