"""Signing in: who gets in, for how long, and what a forged form meets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from engine import set_password
from tests.web.office import CHEAP, HELPDESK, NOW, Browser, Clock
from web.wiring import Wiring


def test_an_officer_with_the_right_password_lands_on_the_work_list(browser: Browser) -> None:
    page = browser.sign_in(HELPDESK)

    assert page.status == 200
    assert "Tugas saya" in page.text
    assert "Petugas Helpdesk · BP3MI Jawa Timur" in page.text


@pytest.mark.parametrize(
    ("login", "password"), [(HELPDESK, "salah"), ("tidak-ada", "rahasia-untuk-uji"), (HELPDESK, "")]
)
def test_a_wrong_account_and_a_wrong_password_are_told_the_same(browser: Browser, login: str, password: str) -> None:
    page = browser.sign_in(login, password)

    assert page.status == 401
    assert "Akun dan kata sandi tidak cocok." in page.text


def test_after_five_failures_the_right_password_does_not_help_for_a_while(browser: Browser, clock: Clock) -> None:
    for _ in range(5):
        browser.sign_in(HELPDESK, "salah")

    throttled = browser.sign_in(HELPDESK)
    clock.now += timedelta(minutes=16)
    later = browser.sign_in(HELPDESK)

    assert (throttled.status, later.status) == (429, 200)
    assert "seperempat jam" in throttled.text


def test_one_account_that_is_throttled_locks_nobody_else_out(browser: Browser) -> None:
    for _ in range(6):
        browser.sign_in("tidak-ada", "salah")

    assert browser.sign_in(HELPDESK).status == 200


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(browser: Browser) -> None:
    page = browser.get("/sign-in")
    answer = browser.client.post(
        "/sign-in",
        data={**dict(page.form("/sign-in").form_values()), "login": HELPDESK, "password": "rahasia-untuk-uji"},
    )

    cookie = next(each for each in answer.headers.getlist("Set-Cookie") if each.startswith("lajur="))

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_signing_in_leads_on_to_where_one_wanted_to_go_but_never_to_another_site(browser: Browser) -> None:
    inside = browser.get("/cases?q=S-2026").submit("/sign-in", login=HELPDESK, password="rahasia-untuk-uji")
    outside = browser.client.get("/sign-in?next=//evil.example/").headers["Location"]

    assert inside.response.request.path == "/cases"
    assert outside == "/work/mine"


def test_half_an_hour_without_a_click_ends_the_session(officer: Callable[[str], Browser], clock: Clock) -> None:
    browser = officer(HELPDESK)

    clock.now += timedelta(minutes=31)
    page = browser.get("/work/mine")

    assert page.response.request.path == "/sign-in"


def test_clicks_keep_a_session_open_but_not_beyond_ten_hours(officer: Callable[[str], Browser], clock: Clock) -> None:
    browser = officer(HELPDESK)

    reached = []
    while clock.now < NOW + timedelta(hours=11):
        clock.now += timedelta(minutes=20)
        reached.append(browser.get("/work/mine").response.request.path)

    assert reached[:29] == ["/work/mine"] * 29
    assert reached[-1] == "/sign-in"


def test_a_changed_password_ends_every_session_at_once(officer: Callable[[str], Browser], wiring: Wiring) -> None:
    browser = officer(HELPDESK)

    wiring.engine.perform(set_password, HELPDESK, password=CHEAP, at=NOW)

    assert browser.get("/work/mine").response.request.path == "/sign-in"
