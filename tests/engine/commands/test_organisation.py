"""Offices, posts, officers and days off: add_office, add_post, add_officer, assign_post, change_calendar."""

from datetime import date, timedelta

import pytest

from engine import (
    NotFound,
    NotValid,
    WrongState,
    add_disposition_kind,
    add_office,
    add_officer,
    add_post,
    assign_post,
    change_calendar,
    claim_work_item,
)
from engine.domain.calendar import CalendarDay, DayKind
from engine.domain.calendar_book import CalendarBook
from engine.domain.disposition import DispositionKind
from engine.domain.organisation import Acting, Office, OfficeKind, Post
from engine.domain.release import Allowance, Clock, Performer
from engine.storage import tables
from tests.small_office import MORNING, Play


def test_there_is_one_head_office(play: Play) -> None:
    second = Office("LAIN", "Kantor Lain", "Jakarta", "DKI Jakarta", "Asia/Jakarta", OfficeKind.HEAD)

    with pytest.raises(WrongState):
        play.engine.perform(add_office, second, at=MORNING)


def test_a_login_is_given_once(play: Play) -> None:
    with pytest.raises(WrongState):
        play.engine.perform(add_officer, "sri", name="Sri yang lain", at=MORNING)


def test_an_officer_who_acts_for_another_may_do_that_one_s_work_and_it_is_recorded(play: Play) -> None:
    play.publish("start -> user A -> end", A={"performer": Performer("ketua")})
    play.open()
    today = MORNING.date()

    play.engine.perform(
        assign_post, "sri", post="ketua", office="JATENG", begins_on=today, ends_on=today, acting=Acting.PLH, at=MORNING
    )
    play.complete("A", officer="sri")

    assert next(row["on_behalf"] for row in play.rows(tables.audit) if row["kind"] == "work_item.completed") == "Plh."


def test_a_post_that_was_held_until_yesterday_is_held_no_more(play: Play) -> None:
    play.publish("start -> user A -> end", A={"performer": Performer("ketua")})
    play.open()
    day = MORNING.date()
    play.engine.perform(assign_post, "sri", post="ketua", office="JATENG", begins_on=day, ends_on=day, at=MORNING)
    play.now += timedelta(days=1)

    with pytest.raises(Exception, match="ketua"):
        play.complete("A", officer="sri")


@pytest.mark.parametrize(("post", "office"), [("nakhoda", "JATENG"), ("ketua", "ATLANTIS")])
def test_a_post_or_office_that_is_not_known_cannot_be_assigned(play: Play, post: str, office: str) -> None:
    with pytest.raises(NotFound):
        play.engine.perform(assign_post, "sri", post=post, office=office, begins_on=date(2026, 1, 1), at=MORNING)


def test_a_day_off_that_was_just_written_down_moves_due_dates_at_once(play: Play) -> None:
    play.publish("start -> user A -> end", A={"allowance": Allowance(1, Clock.WORKING_DAYS)})
    play.open()
    tomorrow = CalendarDay(date(2026, 5, 5), DayKind.PUBLIC, "Hari contoh")

    play.engine.perform(change_calendar, CalendarBook(days=(tomorrow,)), decree="SKB contoh", at=MORNING)
    play.open()

    before, after = (each.due_at for each in play.items())
    assert before is not None
    assert after is not None
    assert after - before == timedelta(days=1)


def test_a_zone_with_summer_time_is_refused(play: Play) -> None:
    office = Office("BARU", "Baru", "Solo", "Jawa Tengah", "Europe/Paris")

    with pytest.raises(NotValid):
        play.engine.perform(add_office, office, at=MORNING)


def test_posts_and_courses_can_be_renamed(play: Play) -> None:
    play.engine.perform(add_post, Post("ketua", "Ketua Tim"), at=MORNING)
    play.engine.perform(add_disposition_kind, DispositionKind("pulang", "Pulang", "home"), at=MORNING)

    assert "Ketua Tim" in [row["title"] for row in play.rows(tables.post)]
    assert "Pulang" in [row["title"] for row in play.rows(tables.disposition_kind)]


def test_a_claimed_item_is_shown_to_one_and_given_back_to_all(play: Play) -> None:
    play.publish("start -> user A -> end")
    play.open()

    play.claim("A")
    assert (play.item("A").state, play.item("A").officer) == ("reserved", 1)
    play.give_back("A")

    assert (play.item("A").state, play.item("A").officer, play.item("A").version) == ("ready", None, 3)
    assert claim_work_item.__name__ == "claim_work_item"
