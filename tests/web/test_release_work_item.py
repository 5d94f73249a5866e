"""Giving a work item back."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.office import HELPDESK, Browser


def test_what_is_given_back_waits_for_the_post_again(item: str, officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)

    page = browser.get(item).submit("/claim").submit("/release")

    assert page.response.request.path == "/work/post"
    assert "Dikembalikan: rekan Anda melihatnya lagi." in page.text
    assert "Menyambut CPMI" in page.text
