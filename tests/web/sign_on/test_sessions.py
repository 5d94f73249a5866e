"""Sessions as their owner and whoever administers see them, and how soon one is over that was ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from engine import end_session
from tests.web.office import HELPDESK, Browser, Page
from tests.web.test_run_the_house import ADMIN, page_of
from web.app import create_app
from web.identity.devices import device_of
from web.wiring import Wiring, wire

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
SOON = 5.0


@pytest.fixture
def elsewhere(wiring: Wiring) -> Iterator[Wiring]:
    """Another process over the same database."""
    made = wire(wiring.settings, clock=wiring.clock)
    yield made
    made.engine.close()


def signed_in(fresh: Callable[[], Browser], agent: str, login: str = HELPDESK) -> Browser:
    browser = fresh()
    browser.headers["User-Agent"] = agent
    assert browser.sign_in(login).status == 200
    return browser


def inside(browser: Browser) -> bool:
    return browser.get("/work/mine").response.request.path == "/work/mine"


def listed(page: Page) -> list[str]:
    return [" ".join(each.text_content().split()) for each in page.tree.xpath("//ul[@class='open-items']/li")]


def test_each_session_says_its_device_its_place_and_how_it_began(fresh: Callable[[], Browser]) -> None:
    here, _ = signed_in(fresh, WINDOWS), signed_in(fresh, PHONE)

    own, other = sorted(listed(here.get("/me")), reverse=True)

    assert own.startswith("Peramban ini · Firefox · Windows")
    assert other.startswith("Chrome · Android")
    assert "dari 127.0.0.1" in other
    assert "dengan kata sandi" in other


def test_one_is_ended_or_all_but_this_one(fresh: Callable[[], Browser]) -> None:
    here, first, second, third = (signed_in(fresh, each) for each in (WINDOWS, PHONE, PHONE, PHONE))

    here.get("/me").submit("/me/sessions")
    one_left = [inside(each) for each in (first, second, third)].count(True)
    forms = [each for each in here.get("/me").tree.forms if each.get("action") == "/me/sessions"]
    here.post("/me/sessions", **dict(forms[-1].form_values()))

    assert one_left == 2
    assert [inside(each) for each in (here, first, second, third)] == [True, False, False, False]


def test_who_administers_ends_one_session_of_an_officer(fresh: Callable[[], Browser]) -> None:
    admin = signed_in(fresh, WINDOWS, ADMIN)
    first, second = (signed_in(fresh, each) for each in (WINDOWS, PHONE))

    page = page_of(admin, HELPDESK).submit("/end-session")

    assert "Sudah dikeluarkan di sana" in page.text or page.status == 200
    assert [inside(first), inside(second)].count(True) == 1


def test_a_session_ended_in_another_process_is_over_at_the_next_click(
    fresh: Callable[[], Browser], wiring: Wiring, elsewhere: Wiring
) -> None:
    browser = signed_in(fresh, WINDOWS)
    assert inside(browser)

    begun = time.monotonic()
    elsewhere.engine.perform(end_session, HELPDESK, at=wiring.clock())
    over = not inside(browser)

    assert over
    assert time.monotonic() - begun < SOON


def test_a_session_that_began_in_one_process_is_good_in_another(
    fresh: Callable[[], Browser], elsewhere: Wiring
) -> None:
    cookie = signed_in(fresh, WINDOWS).client.get_cookie("lajur")
    assert cookie is not None
    there = Browser(create_app(elsewhere).test_client())
    there.client.set_cookie("lajur", cookie.value)

    assert inside(there)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (WINDOWS, "Firefox · Windows"),
        (PHONE, "Chrome · Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140 Safari/537.36 Edg/140", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari · iPhone"),
        ("curl/8.5", ""),
        ("", ""),
    ],
)
def test_a_browser_is_called_by_two_words(said: str, wanted: str) -> None:
    assert device_of(said) == wanted
