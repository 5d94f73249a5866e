"""Programs that act for officers: one's own tokens, everybody's, and how far a token reaches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine import create_token
from tests.web.office import HELPDESK, NOW, SISPOPMI, Browser, Page
from tests.web.test_api import Program, problem, program
from web.wiring import Wiring

__all__ = ["program"]
ADMIN = "admin-sistem.pusat"
TYPED: dict[str, Any] = {
    "name": "Laporan",
    "purpose": "Laporan harian",
    "scopes": ["cases:read"],
    "until": "2026-12-31",
}


@pytest.fixture
def mine(officer: Callable[[str], Browser]) -> Browser:
    return officer(HELPDESK)


def secret_on(page: Page) -> str:
    found: str = page.tree.find_class("secret")[0].text_content()
    return found


def test_ones_own_token_is_shown_once_acts_within_its_scopes_and_is_taken_away(mine: Browser, wiring: Wiring) -> None:
    made = mine.get("/me/tokens").submit("/me/tokens", **TYPED)
    token = wiring.engine.token(secret_on(made), at=NOW)
    again = mine.get("/me/tokens")
    gone = again.submit("/me/tokens/end")

    assert token is not None
    assert (token.login, token.scopes) == (HELPDESK, frozenset({"cases:read"}))
    assert token.expires_at.isoformat() == "2026-12-31T17:00:00+00:00"
    assert secret_on(made) not in again.text
    assert "Laporan harian" in again.text
    assert "belum dipakai" in again.text
    assert wiring.engine.token(secret_on(made), at=NOW) is None
    assert "dicabut" in gone.text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"purpose": " "}, "wajib"),
        ({"scopes": []}, "cakupan"),
        ({"scopes": ["persons:read"]}, "cakupan"),
        ({"until": "besok"}, "tanggal"),
        ({"until": "2028-01-01"}, "setahun"),
        ({"until": "2026-11-01"}, "setahun"),
        ({"rate": "6000"}, "itu tugas"),
    ],
)
def test_what_is_not_right_is_told_and_what_was_typed_stays(
    mine: Browser, wrong: dict[str, Any], words: str, wiring: Wiring
) -> None:
    refused = mine.get("/me/tokens").submit("/me/tokens", **{**TYPED, **wrong})

    assert refused.status in {403, 422}
    assert refused.form("/me/tokens").fields["name"] == "Laporan"
    assert words in refused.text or refused.tree.find_class("said-bad")
    assert "Tidak ada program yang bertindak untuk Anda" in mine.get("/me/tokens").text


def test_nobody_ends_the_token_of_somebody_else_on_their_own_page(mine: Browser, wiring: Wiring) -> None:
    mine.get("/me/tokens").submit("/me/tokens", **TYPED)
    theirs = wiring.engine.perform(create_token, SISPOPMI, name="lain", at=NOW)

    refused = mine.get("/me/tokens").submit("/me/tokens/end", token=str(theirs.number))

    assert refused.status == 404
    assert wiring.engine.token(theirs.name, at=NOW) is not None


def test_who_runs_the_house_makes_one_for_an_officer_with_a_rate_and_sees_who_uses_what(
    officer: Callable[[str], Browser], program: Any, wiring: Wiring
) -> None:
    admin = officer(ADMIN)

    made = admin.get("/house/tokens").submit("/house/tokens", **TYPED, login=HELPDESK, rate="7")
    token = wiring.engine.token(secret_on(made), at=NOW)
    reader = Program(program(HELPDESK).client, secret_on(made))
    reader.get("/cases/S-2026-00001")
    listed = admin.get("/house/tokens")
    strange = admin.get("/house/tokens").submit("/house/tokens", **TYPED, login="siapa")

    assert token is not None
    assert (token.login, token.rate) == (HELPDESK, 7)
    assert "paling banyak 7 permintaan per menit" in listed.text
    assert "dipakai terakhir" in listed.text.lower() or "terakhir dipakai" in listed.text.lower()
    assert strange.status == 404
    assert strange.form("/house/tokens").fields["login"] == "siapa"


def test_ended_ones_are_listed_apart(officer: Callable[[str], Browser], wiring: Wiring) -> None:
    wiring.engine.perform(create_token, HELPDESK, name="Yang dicabut", at=NOW)
    admin = officer(ADMIN)

    admin.get("/house/tokens").submit("/end")

    assert "Yang dicabut" not in admin.get("/house/tokens").text
    assert "Yang dicabut" in admin.get("/house/tokens?show=over").text


def test_a_token_without_the_scope_is_told_which_one_it_lacks(program: Any, wiring: Wiring) -> None:
    made = wiring.engine.perform(create_token, SISPOPMI, name="pembaca", scopes=["cases:read"], at=NOW)
    reader = Program(program(SISPOPMI).client, made.name)

    refused = reader.post("/cases", {"release": "p-c3-01"})

    told = problem(refused)
    assert (refused.status_code, told["scope"]) == (403, "cases:write")
    assert "“pembaca”" in told["detail"]
    assert told["type"] == "urn:lajur:problem:beyond-scope"
    assert refused.headers["WWW-Authenticate"] == 'Bearer error="insufficient_scope", scope="cases:write"'
    assert reader.get("/cases/S-2026-00001").status_code == 404


def test_every_answer_says_how_many_are_left_and_one_too_many_when_to_ask_again(program: Any, wiring: Wiring) -> None:
    made = wiring.engine.perform(create_token, SISPOPMI, name="cepat", rate=2, at=NOW)
    fast = Program(program(SISPOPMI).client, made.name)

    answers = [fast.get("/releases"), fast.get("/cases/S-2026-00001"), fast.get("/releases")]

    assert [each.status_code for each in answers] == [200, 404, 429]
    assert [each.headers["RateLimit"] for each in answers] == [
        '"token";r=1;t=60',
        '"token";r=0;t=60',
        '"token";r=0;t=60',
    ]
    assert {each.headers["RateLimit-Policy"] for each in answers} == {'"token";q=2;w=60'}
    assert answers[2].headers["Retry-After"] == "60"
    assert problem(answers[2])["violated-policies"] == ["token"]
    assert "RateLimit" not in Program(fast.client).get("/health").headers
