"""Signing in by the agency's account, against a real provider in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from engine import add_claim_rule, deactivate_officer, set_sign_on_rules
from engine.storage import tables
from tests.web.office import HELPDESK, Browser, Clock
from tests.web.one_app import app_over
from tests.web.sign_on.provider import RunningProvider, arrive, sign_on, to_provider
from web.wiring import Wiring


def posts(wiring: Wiring) -> list[tuple[str, str]]:
    return [(each.post, each.office) for each in wiring.engine.officer(HELPDESK, at=wiring.clock()).holdings]


def test_the_button_leads_there_with_state_nonce_and_pkce(browser: Browser, provider: RunningProvider) -> None:
    asked = {name: value[0] for name, value in parse_qs(urlsplit(to_provider(browser)).query).items()}

    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"].endswith("/sign-in/provider/back")
    assert {"openid", "profile"} <= set(asked["scope"].split())
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3


def test_a_linked_account_lets_in_and_leads_to_where_one_wanted_to_go(
    browser: Browser, provider: RunningProvider, linked: str
) -> None:
    page = sign_on(browser, provider, linked, "/cases?q=Penandaku")

    assert (page.status, page.response.request.path) == (200, "/cases")
    assert "dengan akun instansi" in browser.get("/me").text


def test_an_account_that_nobody_linked_is_told_its_identifier_and_opens_nothing(
    browser: Browser, provider: RunningProvider
) -> None:
    provider.person("akun-asing", email=f"{HELPDESK}@contoh.example", preferred_username=HELPDESK)

    page = sign_on(browser, provider, "akun-asing")

    assert page.status == 403
    assert "akun ini belum ditautkan" in page.text
    assert "akun-asing" in page.text
    assert browser.get("/work/mine").response.request.path == "/sign-in"


def test_a_rule_links_the_login_that_the_provider_itself_writes(
    browser: Browser, wiring: Wiring, provider: RunningProvider
) -> None:
    wiring.engine.perform(set_sign_on_rules, link_by="preferred_username", at=wiring.clock())
    provider.person("akun-8", preferred_username=HELPDESK)

    assert sign_on(browser, provider, "akun-8").response.request.path == "/work/mine"


@pytest.mark.parametrize(
    ("claims", "by", "why"),
    [
        ({"iss": "https://lain.contoh.example"}, "", "dari penerbit lain"),
        ({"aud": "program-lain"}, "", "untuk program lain"),
        ({"aud": ["lajur-uji", "program-lain"], "azp": "program-lain"}, "", "untuk program lain"),
        ({"exp": 1_700_000_000, "iat": 1_699_999_000}, "", "sudah kedaluwarsa"),
        ({"nonce": "nonce-lain"}, "", "untuk permintaan lain"),
        ({"nonce": None}, "", "tidak lengkap"),
        ({"sub": None}, "", "tidak lengkap"),
        ({"sub": "x" * 300}, "", "tidak lengkap"),
        ({"exp": None}, "", "tidak lengkap"),
        ({}, "stranger", "tidak cocok dengan kunci"),
        ({}, "nobody", "tidak dapat dibaca"),
        ({}, "secret", "tidak dapat dibaca"),
    ],
)
def test_a_token_that_is_not_good_in_every_way_lets_nobody_in(
    browser: Browser, provider: RunningProvider, linked: str, claims: dict[str, Any], by: str, why: str
) -> None:
    where = to_provider(browser)
    provider.odd(by=by, **claims)

    page = arrive(browser, provider.agree(where, linked))

    assert page.status == 403
    assert why in page.text
    assert "Tidak ada yang masuk" in page.text
    assert browser.get("/work/mine").response.request.path == "/sign-in"


def test_an_answer_is_good_once(browser: Browser, provider: RunningProvider, linked: str) -> None:
    back = provider.agree(to_provider(browser), linked)
    first = arrive(browser, back)
    browser.client.delete_cookie("lajur")

    again = arrive(browser, back)

    assert first.status == 200
    assert (again.status, "sudah pernah dipakai" in again.text) == (403, True)


def test_an_answer_counts_in_the_browser_that_asked_for_ten_minutes(
    browser: Browser, fresh: Callable[[], Browser], provider: RunningProvider, linked: str, clock: Clock
) -> None:
    stolen = arrive(fresh(), provider.agree(to_provider(browser), linked))
    late_one = provider.agree(to_provider(browser), linked)
    clock.now += timedelta(minutes=11)
    late = arrive(browser, late_one)
    made_up = arrive(browser, "http://localhost/sign-in/provider/back?state=karangan&code=1")

    assert [each.status for each in (stolen, late, made_up)] == [403] * 3
    assert "peramban lain" in stolen.text
    assert "lebih dari sepuluh menit" in late.text
    assert "tidak menjawab permintaan" in made_up.text


def test_no_said_there_and_an_answer_of_another_house_are_told(browser: Browser, provider: RunningProvider) -> None:
    denied = arrive(browser, provider.deny(to_provider(browser)))
    mixed = arrive(browser, provider.agree(to_provider(browser), "akun-7") + "&iss=https://lain.contoh.example")

    assert "access_denied" in denied.text
    assert "dari penerbit lain" in mixed.text


def test_a_key_that_was_turned_is_fetched_and_the_old_one_no_longer_counts(
    browser: Browser, provider: RunningProvider, linked: str
) -> None:
    first = sign_on(browser, provider, linked)
    browser.client.delete_cookie("lajur")
    provider.rotate()
    after = sign_on(browser, provider, linked)
    browser.client.delete_cookie("lajur")
    where = to_provider(browser)
    provider.odd(by="former")
    old = arrive(browser, provider.agree(where, linked))

    assert [each.response.request.path for each in (first, after)] == ["/work/mine"] * 2
    assert (old.status, "tidak cocok dengan kunci" in old.text) == (403, True)


def test_a_provider_that_does_not_answer_leaves_the_accounts_of_this_program(
    browser: Browser, wiring: Wiring, provider: RunningProvider
) -> None:
    object.__setattr__(wiring.settings, "oidc_issuer", "http://127.0.0.1:9")

    page = browser.get("/sign-in/provider")

    assert page.status == 503
    assert "saat ini tidak" in page.text
    assert browser.sign_in(HELPDESK).status == 200


def test_the_table_of_claims_gives_and_takes_posts_at_sign_in(
    fresh: Callable[[], Browser], wiring: Wiring, provider: RunningProvider, linked: str
) -> None:
    own = posts(wiring)
    line = {"claim": "realm_access.roles", "value": "lajur-kepala", "post": "kepala-bp3mi", "office": "bp3mi-jateng"}
    wiring.engine.perform(add_claim_rule, **line, at=wiring.clock())
    provider.person(linked, realm_access={"roles": ["lajur-kepala"]}, post="admin-sistem")

    page = sign_on(fresh(), provider, linked)
    given = posts(wiring)
    provider.person(linked, realm_access={"roles": []})
    sign_on(fresh(), provider, linked)

    assert "+1" in page.text
    assert given == [*own, ("kepala-bp3mi", "bp3mi-jateng")]
    assert posts(wiring) == own


def test_signing_out_ends_the_session_and_leads_to_the_provider(
    browser: Browser, provider: RunningProvider, linked: str
) -> None:
    page = sign_on(browser, provider, linked)
    kept = browser.client.get_cookie("lajur")

    left = page.submit("/sign-out")

    where = left.link("Keluar di sana juga")
    assert where.startswith(f"{provider.address}/oauth2/end_session?")
    assert left.response.headers["Refresh"] == f"0; url={where}"
    assert kept is not None
    browser.client.set_cookie("lajur", kept.value)
    assert browser.get("/work/mine").response.request.path == "/sign-in"


def test_who_signs_in_by_password_is_not_sent_to_the_provider_on_leaving(browser: Browser) -> None:
    assert browser.sign_in(HELPDESK).submit("/sign-out").response.request.path == "/sign-in"


def test_the_provider_says_that_somebody_has_left(
    browser: Browser, fresh: Callable[[], Browser], provider: RunningProvider, linked: str
) -> None:
    sign_on(browser, provider, linked)
    bad = [
        provider.logout_token(sub=linked, by="stranger"),
        provider.logout_token(sub=linked, aud="program-lain"),
        provider.logout_token(sub=linked, events={}),
        provider.logout_token(sub=linked, nonce="ada"),
        provider.logout_token(sub=linked, iat=1_700_000_000),
        provider.logout_token(sub="akun-asing"),
        "karangan",
    ]
    refused = [fresh().client.post("/sign-in/provider/logout", data={"logout_token": each}).status_code for each in bad]
    still = browser.get("/work/mine").response.request.path

    said = fresh().client.post("/sign-in/provider/logout", data={"logout_token": provider.logout_token(sub=linked)})

    assert (refused, still, said.status_code) == ([400] * 7, "/work/mine", 200)
    assert browser.get("/work/mine").response.request.path == "/sign-in"


def test_who_was_taken_out_of_the_house_does_not_come_in_by_the_provider(
    browser: Browser, wiring: Wiring, provider: RunningProvider, linked: str
) -> None:
    wiring.engine.perform(deactivate_officer, HELPDESK, reason="Pindah.", at=wiring.clock())

    page = sign_on(browser, provider, linked)

    assert (page.status, "tidak bekerja di sini" in page.text) == (403, True)


def test_what_was_refused_is_noted_without_who_it_was(
    browser: Browser, wiring: Wiring, provider: RunningProvider
) -> None:
    provider.person("akun-penanda", name="Penandaku")

    sign_on(browser, provider, "akun-penanda")

    with wiring.engine.reading(at=wiring.clock()) as reader:
        notes = [dict(row._mapping) for row in reader.connection.execute(tables.access_record.select())]
    assert "sign_on" in str(notes)
    assert [word for word in ("akun-penanda", "Penandaku") if word in str(notes)] == []


def test_without_a_provider_there_is_no_button_and_no_door(browser: Browser, wiring: Wiring) -> None:
    object.__setattr__(wiring.settings, "oidc_issuer", "")

    assert "akun instansi" not in browser.get("/sign-in").text
    assert [browser.get(f"/sign-in/provider{each}").status for each in ("", "/back")] == [404, 404]
    assert app_over(wiring).test_client().post("/sign-in/provider/logout").status_code == 404
