"""The pages of the neighbours say what is so in words: whom a missing page is told to, what an empty comparison means."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine import NotValid
from engine.domain.token import scopes_asked
from tests.web.office import Browser
from web.house.words import problem
from web.wiring import Wiring

EXCHANGER, ADMIN = "verifikator-data.jatim", "admin-sistem.pusat"


def test_who_is_not_signed_in_is_led_from_a_missing_page_to_what_is_public(browser: Browser) -> None:
    page = browser.get("/data/tidak-ada")

    assert page.status == 404
    assert "di data terbuka" in page.text
    assert "daftar tugas" not in page.text


def test_the_sign_in_page_leads_local_governments_to_theirs(browser: Browser) -> None:
    page = browser.get("/sign-in")

    assert page.link("Untuk pemerintah daerah") == "/pemda/sign-in"


@pytest.mark.parametrize("login", [EXCHANGER, ADMIN])
def test_where_nothing_was_compared_nothing_is_said_to_agree(officer: Callable[[str], Browser], login: str) -> None:
    page = officer(login).get("/exchange/differences")

    assert "Kedua pihak belum pernah dibandingkan." in page.text
    assert "Tidak ada perbedaan" not in page.text


def test_why_a_report_was_refused_is_said_in_words(wiring: Wiring, officer: Callable[[str], Browser]) -> None:
    del wiring
    with officer(ADMIN).client.application.test_request_context():
        assert problem("refused (nik-tidak-cocok)").endswith(": NIK tidak cocok")
        assert problem("refused (422)").endswith(" (422)")


def test_a_token_for_nothing_is_refused_in_a_sentence() -> None:
    with pytest.raises(NotValid) as refused:
        scopes_asked([])

    assert "at least one" in str(refused.value)
