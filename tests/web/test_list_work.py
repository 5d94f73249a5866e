"""The work list: whose work stands on which tab, and what a search keeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.web.office import ELSEWHERE, HELPDESK, SISPOPMI, Browser, Clock

STEP = "Menyambut CPMI dan menawarkan kebutuhan dasar"


def test_a_new_case_waits_on_the_tab_of_the_post_with_its_time_left(
    case: str, officer: Callable[[str], Browser]
) -> None:
    page = officer(HELPDESK).get("/work/post")

    assert STEP in page.text
    assert case in page.text
    assert "tersisa 15 menit" in page.text
    assert "Rab 09.45 WIB" in page.text


def test_what_one_has_taken_moves_to_the_first_tab(item: str, officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)

    browser.get("/work/post").submit(f"{item}/claim")

    assert STEP in browser.get("/work/mine").text
    assert "Tidak ada yang menunggu jabatan Anda" in browser.get("/work/post").text


def test_the_office_tab_shows_colleagues_work_without_a_button(case: str, officer: Callable[[str], Browser]) -> None:
    page = officer(SISPOPMI).get("/work/office")

    assert STEP in page.text
    assert "Ambil" not in [each.text_content().strip() for each in page.tree.iter("button")]


def test_another_office_sees_none_of_it(case: str, officer: Callable[[str], Browser]) -> None:
    browser = officer(ELSEWHERE)

    assert case not in browser.get("/work/post").text
    assert case not in browser.get("/work/office").text


def test_what_is_late_says_by_how_much(case: str, officer: Callable[[str], Browser], clock: Clock) -> None:
    clock.now += timedelta(hours=3)

    page = officer(HELPDESK).get("/work/post")

    assert "terlambat 2 jam" in page.text


def test_a_search_stays_in_the_address_and_says_when_nothing_matches(
    case: str, officer: Callable[[str], Browser]
) -> None:
    browser = officer(HELPDESK)

    found = browser.get("/work/post?q=menyambut")
    missed = browser.get("/work/post?q=zebra")

    assert STEP in found.text
    assert "Tidak ada yang cocok" in missed.text
    assert missed.tree.get_element_by_id("q").get("value") == "zebra"


def test_an_empty_list_says_why_and_what_would_fill_it(officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).get("/work/mine")

    assert "Anda tidak sedang memegang tugas" in page.text
    assert page.link("Tugas jabatan saya") == "/work/post"
