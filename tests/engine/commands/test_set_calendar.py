"""Writing down days off."""

from datetime import date

from engine import set_calendar
from engine.domain.calendar import CalendarDay, DayKind
from engine.storage import tables
from tests.small_office import Play

DAY = date(2026, 5, 6)


def test_days_off_are_stored_and_recorded(play: Play) -> None:
    play.engine.perform(set_calendar, [CalendarDay(DAY, DayKind.PUBLIC, "Hari contoh")], at=play.now)

    assert [row["title"] for row in play.rows(tables.calendar_day)] == ["Hari contoh"]
    last = play.rows(tables.audit)[-1]
    assert (last["kind"], last["data"]) == ("calendar.set", {"days": 1, "seasons": 0})


def test_a_day_that_is_written_down_again_is_changed(play: Play) -> None:
    for name in ("Hari contoh", "Hari peraga"):
        play.engine.perform(set_calendar, [CalendarDay(DAY, DayKind.PUBLIC, name)], at=play.now)

    assert [row["title"] for row in play.rows(tables.calendar_day)] == ["Hari peraga"]
