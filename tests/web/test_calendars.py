"""The calendar by pages: a draft, what it moves, and the edition that it becomes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.web.office import Browser, Page
from web.house.drafting import Draft, DraftBroken, DraftTooLong, read_draft
from web.wiring import Wiring

ADMIN = "admin-sistem.pusat"
DAY = {"act": "day", "day": "2026-12-28", "kind": "joint-leave", "title": "Cuti bersama contoh"}


@pytest.fixture
def admin(officer: Callable[[str], Browser]) -> Browser:
    return officer(ADMIN)


def asked(**said: str) -> str:
    return "&".join(f"{name}={value.replace(' ', '+')}" for name, value in said.items())


def drafted(admin: Browser, **more: str) -> Page:
    return admin.get(f"/house/calendars?{asked(**{**DAY, **more})}")


def confirm(page: Page, **said: str) -> Page:
    return page.submit("/house/calendars/preview", **said)


def editions(wiring: Wiring) -> int:
    with wiring.engine.reading(at=wiring.clock()) as reader:
        return reader.organisation.edition


def test_this_year_marks_today_and_what_is_over_so_that_a_phone_folds_it(admin: Browser) -> None:
    now, other = admin.get("/house/calendars").tree, admin.get("/house/calendars?year=2025").tree

    today = now.xpath("//td[@aria-current='date']")
    over = now.xpath("//table[contains(@class, 'year-over')]/caption")
    assert [each.text_content().strip() for each in today] == ["18"]
    assert [each.text for each in over][::9] == ["Januari", "Oktober"]
    assert now.xpath("//label[contains(@class, 'year-fold')]")
    assert not other.xpath(
        "//*[contains(@class, 'year-over') or contains(@class, 'year-fold') or @aria-current='date']"
    )


def test_a_year_shows_every_day_off_and_why(admin: Browser) -> None:
    page = admin.get("/house/calendars?year=2026")

    assert page.status == 200
    assert len(page.tree.find_class("month")) == 12
    assert "Hari Buruh Internasional" in page.text
    assert "SKB 1497/2025, 2/2025, 5/2025" in page.text


def test_a_year_without_a_decree_warns(admin: Browser) -> None:
    assert "Belum ada keputusan cuti bersama" in admin.get("/house/calendars?year=2028").text


def test_nothing_is_in_force_before_the_preview_is_confirmed(admin: Browser, wiring: Wiring) -> None:
    before = editions(wiring)

    page = drafted(admin)
    refused = confirm(page, decree="")
    done = confirm(page, decree="SKB 9/2026", note="Contoh")

    assert "Cuti bersama contoh" in page.text
    assert (refused.status, editions(wiring)) == (422, before + 1)
    assert "SKB 9/2026" in done.text
    assert "Cuti bersama contoh" in admin.get("/house/calendars?year=2026").text


def test_a_draft_that_somebody_else_has_overtaken_is_refused(admin: Browser, wiring: Wiring) -> None:
    first, second = drafted(admin), drafted(admin, day="2026-12-29")
    confirm(first, decree="SKB 9/2026")

    late = confirm(second, decree="SKB 9/2026")

    assert late.status == 409
    assert "sudah berlaku" in late.text


def test_a_week_in_shifts_and_ramadan_are_rules_of_their_own(admin: Browser, wiring: Wiring) -> None:
    week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "00.00–24.00")
    rule = {"act": "week", "name": "Siaga", "service_of": "krisis", "holidays": "open", **week}
    confirm(admin.get(f"/house/calendars/weeks?{asked(**rule)}"), note="Contoh")

    with wiring.engine.reading(at=wiring.clock()) as reader:
        assert reader.organisation.calendar("pusat", "krisis").minutes_of(date(2026, 12, 27)) == 1440
    assert "krisis" in admin.get("/house/calendars/weeks").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": "kemarin"},
        {"day": "1800-01-01"},
        {"kind": "libur"},
        {"title": " "},
        {"service_of": "Help Desk!"},
        {"act": "anything"},
    ],
)
def test_what_cannot_be_is_told_beside_the_form_that_keeps_what_was_typed(
    admin: Browser, wrong: dict[str, str]
) -> None:
    page = drafted(admin, **wrong)

    assert page.status == 422
    assert page.tree.xpath("//*[@role='alert']")


def test_hours_that_cannot_be_counted_are_told(admin: Browser) -> None:
    page = admin.get("/house/calendars/weeks?act=week&name=Malam&mon=22.00-06.00")

    assert page.status == 422


def test_the_history_leads_to_what_each_edition_changed(admin: Browser) -> None:
    confirm(drafted(admin), decree="SKB 9/2026")

    history, newest = admin.get("/house/calendars/editions"), admin.get("/house/calendars/editions/2")

    assert "Edisi 2" in history.text
    assert "Cuti bersama contoh" in newest.text
    assert admin.get("/house/calendars/editions/99").status == 404


def test_an_address_that_carries_no_draft_of_ours_is_refused(admin: Browser) -> None:
    for text in ("x", "AAAA", "eJwDAAAAAAE"):
        assert admin.get(f"/house/calendars?draft={text}").status == 422
        with pytest.raises(DraftBroken):
            read_draft(text, 1)


def test_a_draft_comes_back_as_it_was_written_and_the_later_edit_of_a_day_counts() -> None:
    one = Draft(3, ()).with_edit(DAY).with_edit({**DAY, "title": "Lain"})

    assert read_draft(one.written, 9) == Draft(3, ({**DAY, "title": "Lain"},))
    assert one.without(0).written == ""


def test_a_draft_without_end_is_refused() -> None:
    long = Draft(1, tuple({**DAY, "day": f"2026-01-{day:02}", "title": str(day)} for day in range(61)))

    with pytest.raises(DraftTooLong):
        assert long.written
