"""What a change of the calendar would move, told before it is made; and the editions afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine import NotYours, add_post, assign_post, change_calendar
from engine.domain.calendar import ROUND_THE_CLOCK, CalendarDay, DayKind
from engine.domain.calendar_book import NATIONAL_WEEK, CalendarBook, WeekRule
from engine.domain.organisation import Officer, Post
from engine.domain.release import Allowance, Clock, Performer, Whose
from engine.queries.calendars import MovedDate, Preview, edition, editions, preview_calendar, years_without_decree
from engine.queries.clocks import why_of_clock
from engine.queries.pages import NotAPage
from engine.storage import tables
from engine.worker import Worker
from tests.small_office import MORNING, Play

TUESDAY = date(2026, 5, 5)
LEAVE = CalendarBook(days=(CalendarDay(TUESDAY, DayKind.JOINT_LEAVE, "Cuti bersama contoh"),))
THEIRS = CalendarBook(days=(CalendarDay(TUESDAY, DayKind.LOCAL, "Pilkada contoh", office="PUSAT"),))
SIX = WeekRule("Enam hari", (*NATIONAL_WEEK.week[:5], NATIONAL_WEEK.week[0], ()), office="JATENG")
DRAWING = "start -> user A -> end\nboundary t (on A; timer duration working days(1); beside) -> user Late -> end late"


@pytest.fixture
def house(play: Play) -> Play:
    """Two cases of ours in which a step and a timer run, and one whose step the head office does."""
    play.engine.perform(add_post, Post("ketua", "Ketua", ("open", "administer")), at=play.now)
    two = Allowance(2, Clock.WORKING_DAYS)
    play.publish(DRAWING, A={"allowance": two})
    play.publish("start -> user A -> end", "far", A={"allowance": two, "performer": Performer("petugas", Whose.HEAD)})
    for code in ("main", "main", "far"):
        play.open(code)
    return play


def tini(play: Play, login: str = "tini") -> Officer:
    return play.engine.officer(login, at=play.now)


def look(play: Play, book: CalendarBook, after: str | None = None, length: int = 25) -> Preview:
    with play.engine.reading(at=play.now) as reader:
        return preview_calendar(reader, tini(play), book, after=after, length=length)


def test_a_preview_tells_which_dates_move_from_when_to_when_and_why(house: Play) -> None:
    found = look(house, LEAVE)

    assert (found.moved, found.later, found.cases, found.whole) == (5, 5, 3, True)
    first = found.rows[0]
    assert (first.case, first.kind, first.name, first.why) == ("S-2026-00001", "step", "A", ("Cuti bersama contoh",))
    assert first.after - first.before == timedelta(days=1)


def test_only_what_is_counted_by_the_changed_times_moves(house: Play) -> None:
    assert [(each.office, each.kind) for each in look(house, THEIRS).rows] == [("PUSAT", "step")]


def test_a_change_that_lies_elsewhere_moves_nothing(house: Play) -> None:
    far = CalendarDay(date(2026, 12, 24), DayKind.JOINT_LEAVE, "Jauh")

    assert look(house, CalendarBook(days=(far,))).moved == 0


def test_pages_follow_each_other_without_a_gap_or_a_doubled_row(house: Play) -> None:
    rows: list[MovedDate] = []
    after: str | None = None
    while True:
        page = look(house, LEAVE, after, length=2)
        rows += page.rows
        after = page.following
        if after is None:
            break

    assert rows == list(look(house, LEAVE).rows)
    with pytest.raises(NotAPage):
        look(house, LEAVE, "x9")


@pytest.mark.parametrize("book", [LEAVE, THEIRS, CalendarBook(weeks=(NATIONAL_WEEK, SIX))])
def test_what_was_told_beforehand_is_what_the_worker_does(house: Play, book: CalendarBook) -> None:
    house.now = datetime(2026, 5, 8, 2, tzinfo=UTC)  # a Friday: a sixth day makes dates earlier
    house.open()
    told = {(each.case, each.kind, each.before, each.after) for each in look(house, book).rows}
    before = dates(house)

    house.engine.perform(change_calendar, book, decree="SKB", at=house.now)
    Worker(house.engine, lambda: house.now).work_once()

    after = dates(house)
    moved = {(*key, before[key], due) for key, due in after.items() if key in before and before[key] != due}
    assert {(case, kind, was, now) for case, kind, _, was, now in moved} == told


def dates(play: Play) -> dict[tuple[str, str, int], datetime]:
    number = {row["id"]: row["number"] for row in play.rows(tables.case)}
    clocks = {(number[row["case_id"]], row["kind"], row["id"]): row["due_at"] for row in play.rows(tables.clock)}
    timers = {(number[row["case_id"]], "timer", row["id"]): row["due_at"] for row in play.rows(tables.timer)}
    return clocks | timers


def test_the_history_tells_of_each_edition_who_made_it_and_what_it_changed(house: Play) -> None:
    house.engine.perform(change_calendar, LEAVE, decree="SKB 1", at=house.now, officer="tini")
    house.engine.perform(change_calendar, CalendarBook(decreed={2026: "SKB 2"}), decree="SKB 2", at=house.now)

    with house.engine.reading(at=house.now) as reader:
        newest, first = editions(reader, tini(house))
        line, book = edition(reader, tini(house), 1)
    assert (first.made_by, first.decree, [str(each.how) for each in first.changes]) == ("Tini", "SKB 1", ["added"])
    assert [(str(each.what), str(each.how)) for each in newest.changes] == [("day", "removed"), ("decree", "added")]
    assert (line, [each.title for each in book.days]) == (first, ["Cuti bersama contoh"])


def test_whoever_does_not_administer_sees_none_of_it(house: Play) -> None:
    with house.engine.reading(at=house.now) as reader, pytest.raises(NotYours):
        preview_calendar(reader, tini(house, "sri"), LEAVE)


def test_a_year_without_a_decree_is_named_and_the_next_from_october_on(play: Play) -> None:
    play.engine.perform(change_calendar, CalendarBook(decreed={2026: "SKB 2"}), note="uji", at=play.now)
    found = []

    for at in (MORNING, MORNING.replace(month=10)):
        with play.engine.reading(at=at) as reader:
            found.append(years_without_decree(reader))

    assert found == [(), (2027,)]


def test_a_service_that_gets_shifts_makes_its_dates_earlier(house: Play) -> None:
    house.engine.perform(add_post, Post("petugas", "Petugas", ("open",), "helpdesk"), at=house.now)
    house.now = datetime(2026, 5, 8, 2, tzinfo=UTC)
    house.open()
    shifts = WeekRule("Bergilir", ROUND_THE_CLOCK, service="helpdesk", closes_on_holidays=False)

    found = look(house, CalendarBook(weeks=(NATIONAL_WEEK, shifts)))

    assert (found.later, found.earlier) == (0, 2)  # the step and the timer beside it
    assert {each.why for each in found.rows} == {("Bergilir",)}


def test_the_holder_of_a_post_that_administers_may_look(play: Play) -> None:
    play.engine.perform(add_post, Post("admin", "Admin", ("administer",)), at=play.now)
    play.engine.perform(assign_post, "sri", post="admin", office="PUSAT", begins_on=date(2026, 1, 1), at=play.now)

    with play.engine.reading(at=play.now) as reader:
        assert editions(reader, tini(play, "sri")) == ()


def test_a_date_is_explained_by_the_edition_that_counted_it(house: Play) -> None:
    clock = house.rows(tables.clock)[0]
    house.engine.perform(change_calendar, LEAVE, decree="SKB", at=house.now)

    def said() -> str:
        with house.engine.reading(at=house.now) as reader:
            _, reasons = why_of_clock(reader, house.engine.officer("sri", at=house.now), clock["id"])
        return " ".join(each.sentence() for each in reasons)

    before = said()
    Worker(house.engine, lambda: house.now).work_once()

    assert "Cuti bersama contoh" not in before
    assert "Cuti bersama contoh" in said()
    assert f"That edition holds since {house.now.astimezone(ZoneInfo('Asia/Jakarta'))}: SKB." in said()
