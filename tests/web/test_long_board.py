"""A board of more people than a page shows: turned page by page, and worked on over all of them at once."""

from __future__ import annotations

import pytest

from tests.web.office import Browser, Page
from tests.web.test_work_on_many import WELCOME, at_step, complete, group, helpdesk, press, press_token

__all__ = ["group", "helpdesk"]


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two people to a page: the four of the group stand on two."""
    monkeypatch.setattr("web.groups.board.LENGTH", 2)


def people_on(page: Page) -> list[str]:
    return [each.text_content().partition(",")[0] for each in page.tree.find_class("row-name")]


def items(page: Page, kind: str) -> list[str]:
    return [str(each.get("value")) for each in page.tree.xpath(f"//input[@name='item'][@type='{kind}']")]


def turned(page: Page, way: str) -> Page:
    (link,) = page.tree.xpath(f"//a[@data-turn='{way}']")
    return page.browser.get(link.get("href"))


def test_a_page_follows_the_other_and_leads_back_within_the_same_sieve(helpdesk: Browser, group: str) -> None:
    first = at_step(helpdesk, group, WELCOME, chosen=False)

    second = turned(first, "on")
    again = turned(second, "back")

    assert [people_on(each) for each in (first, second)] == [["Orang ke-1", "Orang ke-2"], ["Orang ke-3", "Orang ke-4"]]
    assert people_on(again) == people_on(first)
    assert "3–4 dari 4" in second.text
    assert not second.tree.xpath("//a[@data-turn='on']")
    assert "step=" in second.response.request.query_string.decode()


def test_everybody_is_chosen_over_the_pages_and_done_together(helpdesk: Browser, group: str) -> None:
    board = at_step(helpdesk, group, WELCOME, chosen=False)
    assert "Pilih semua (4 dari 4)" in board.text

    page = at_step(helpdesk, group, WELCOME)
    assert "4 dipilih, 2 di antaranya di halaman lain" in page.text
    form = helpdesk.post(
        "/work/many", **dict(press_token(page)), item=[*items(page, "checkbox"), *items(page, "hidden")]
    )

    assert "Selesai: 4" in complete(form).text


def test_without_a_word_only_who_is_ticked_on_the_page_is_sent(helpdesk: Browser, group: str) -> None:
    page = press(at_step(helpdesk, group, WELCOME), "/work/many/claim")

    assert "Diambil: 2" in page.text


def test_a_page_that_no_list_gave_is_refused(helpdesk: Browser, group: str) -> None:
    assert helpdesk.get(f"{group}?after=kemarin").status == 422
