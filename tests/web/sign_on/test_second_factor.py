"""The second factor on pages: setting it up, being asked for it, and what waits until it was shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pyotp
import pytest

from engine import require_factor, set_sign_on_rules
from tests.web.office import CHEAP, HELPDESK, PASSWORD, Browser, Clock, Page
from tests.web.sign_on.provider import RunningProvider, sign_on
from web.wiring import Wiring


class Device:
    """A telephone that shows codes."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.secret = ""
        self.recovery: list[str] = []

    def scan(self, page: Page) -> None:
        self.secret = page.tree.find_class("secret")[0].text_content().replace(" ", "")

    @property
    def shown(self) -> str:
        return pyotp.TOTP(self.secret).at(self.clock.now)

    def enrol(self, browser: Browser) -> Page:
        """Set it up on one's own page."""
        begun = browser.get("/me/factor").submit("/factor/begin")
        self.scan(begun)
        done = begun.submit("/factor/confirm", code=self.shown)
        self.recovery = [each.text_content() for each in done.tree.xpath("//ul[@class='code-list']//code")]
        self.clock.now += timedelta(minutes=1)
        return done


@pytest.fixture
def device(clock: Clock) -> Device:
    return Device(clock)


@pytest.fixture
def browser(fresh: Callable[[], Browser]) -> Browser:
    """The officer's own browser, signed in."""
    made = fresh()
    assert made.sign_in(HELPDESK).status == 200
    return made


def test_one_sets_it_up_with_a_picture_and_a_code(browser: Browser, device: Device) -> None:
    begun = browser.get("/me/factor").submit("/factor/begin")
    wrong = begun.submit("/factor/confirm", code="1")
    done = device.enrol(browser)

    assert 'src="data:image/svg+xml' in begun.response.get_data(as_text=True)
    assert (wrong.status, "Kode tidak cocok" in wrong.text) == (422, True)
    assert len(set(device.recovery)) == 10
    assert device.secret not in done.text + browser.get("/me/factor").text
    assert "Tersisa 10 kode pemulihan" in browser.get("/me").text


def test_the_next_sign_in_asks_for_a_code_before_anything_else(
    browser: Browser, fresh: Callable[[], Browser], device: Device
) -> None:
    device.enrol(browser)
    other = fresh()

    asked = other.get("/cases").submit("/sign-in", login=HELPDESK, password=PASSWORD)
    closed = [other.get(each).response.request.path for each in ("/work/mine", "/me", "/people", "/me/factor")]
    sent = other.client.post("/me/language", data={"language": "en"}).status_code
    wrong = asked.submit("/sign-in/second", code="000000")
    inside = asked.submit("/sign-in/second", code=device.shown)

    assert "Satu kode lagi" in asked.text
    assert (closed, sent) == (["/sign-in/second"] * 4, 401)
    assert (wrong.status, inside.response.request.path) == (401, "/cases")
    assert "dengan kode" in other.get("/me").text


def test_the_same_code_does_not_let_in_twice(browser: Browser, fresh: Callable[[], Browser], device: Device) -> None:
    device.enrol(browser)

    first, second = (fresh().sign_in(HELPDESK).submit("/sign-in/second", code=device.shown) for _ in range(2))

    assert (first.status, second.status) == (200, 401)


def test_a_recovery_code_lets_in_once_and_says_so(
    browser: Browser, fresh: Callable[[], Browser], device: Device
) -> None:
    device.enrol(browser)
    code = device.recovery[0]

    first, second = (fresh().sign_in(HELPDESK).submit("/sign-in/second", code=code) for _ in range(2))

    assert (first.status, second.status) == (200, 401)
    assert "Anda memakai kode pemulihan" in first.text


def test_too_many_wrong_codes_are_told(browser: Browser, fresh: Callable[[], Browser], device: Device) -> None:
    device.enrol(browser)
    page = fresh().sign_in(HELPDESK)

    said = [page.submit("/sign-in/second", code="aaaa").status for _ in range(6)]

    assert said == [401] * 5 + [429]


def test_who_waits_for_ten_minutes_begins_anew_and_may_leave(
    browser: Browser, fresh: Callable[[], Browser], device: Device, clock: Clock
) -> None:
    device.enrol(browser)
    waiting, leaving = fresh(), fresh()
    waiting.sign_in(HELPDESK)
    left = leaving.sign_in(HELPDESK).submit("/sign-out")

    clock.now += timedelta(minutes=11)

    assert waiting.get("/work/mine").response.request.path == "/sign-in"
    assert "Anda sudah keluar" in left.text


def test_from_the_day_of_the_rule_who_has_none_can_only_set_it_up(
    browser: Browser, wiring: Wiring, clock: Clock, device: Device
) -> None:
    day = clock.now.date() + timedelta(days=2)
    wiring.engine.perform(require_factor, "petugas-helpdesk", since=day, at=clock.now)
    before = browser.get("/work/mine")
    told = browser.get("/me/factor")

    clock.now += timedelta(days=3)
    browser.sign_in(HELPDESK)
    sent = browser.get("/cases")
    done = device.enrol(browser)

    assert before.response.request.path == "/work/mine"
    assert "wajib verifikasi dua langkah mulai" in told.text
    assert sent.response.request.path == "/me/factor"
    assert "Siapkan dahulu" in sent.text
    assert done.status == 200
    assert browser.get("/cases").response.request.path == "/cases"


def test_a_password_good_once_is_changed_first_and_then_the_device_set_up(
    fresh: Callable[[], Browser], wiring: Wiring, clock: Clock
) -> None:
    from engine import set_password  # noqa: PLC0415 - only here

    wiring.engine.perform(require_factor, since=date(2026, 1, 1), at=clock.now)
    wiring.engine.perform(set_password, HELPDESK, password=CHEAP, once=True, at=clock.now)
    browser = fresh()

    first = browser.sign_in(HELPDESK)
    own = "kalimat saya sendiri"
    then = first.submit("/me/password", old=PASSWORD, new=own, again=own)

    assert [each.response.request.path for each in (first, then)] == ["/me", "/me/factor"]


def test_the_providers_two_factors_count_where_the_rule_says_so(
    fresh: Callable[[], Browser], wiring: Wiring, clock: Clock, provider: RunningProvider, linked: str
) -> None:
    wiring.engine.perform(require_factor, since=date(2026, 1, 1), at=clock.now)
    wiring.engine.perform(set_sign_on_rules, amr=["mfa"], at=clock.now)
    provider.person(linked, amr=["pwd"])
    once = sign_on(fresh(), provider, linked).response.request.path
    provider.person(linked, amr=["pwd", "mfa"])

    twice = sign_on(fresh(), provider, linked).response.request.path

    assert (once, twice) == ("/me/factor", "/work/mine")


def test_the_picture_is_of_the_program_and_the_account(browser: Browser) -> None:
    page = browser.get("/me/factor").submit("/factor/begin")

    (key,) = re.findall(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", page.text)
    assert len(key.replace(" ", "")) == 32
    assert page.response.headers["Cache-Control"] == "no-store"
