"""Signing out."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.office import HELPDESK, Browser


def test_signing_out_ends_the_session_on_the_server_too(officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)
    kept = browser.client.get_cookie("lajur")
    assert kept is not None

    page = browser.get("/work/mine").submit("/sign-out")
    browser.client.set_cookie("lajur", kept.value)

    assert "Anda sudah keluar." in page.text
    assert browser.get("/work/mine").response.request.path == "/sign-in"
