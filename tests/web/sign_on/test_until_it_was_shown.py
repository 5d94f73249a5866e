"""What is open before the second factor was shown, and before it was set up where a rule asks for it: every route, both ways."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from werkzeug.routing import Rule

from engine import require_factor
from tests.web.office import HELPDESK, Browser, Clock
from tests.web.one_app import app_over
from tests.web.sign_on.test_second_factor import Device
from web.identity.sessions import OPEN, PORTAL
from web.wiring import Wiring

ANY = re.compile(r"<(?:[a-z]+(?:\((\w+)[^)]*\))?:)?\w+>")
NOBODYS = PORTAL | {"static", "living.alive", "living.ready"}


def addresses(wiring: Wiring) -> list[tuple[Rule, str, str]]:
    """Every route that officers use, with a method and an address."""
    return [
        (rule, method, ANY.sub(lambda found: found[1] or "1", rule.rule))
        for rule in app_over(wiring).url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
        if not rule.rule.startswith("/api/") and not rule.endpoint.startswith("pemda.")
    ]


def opened(browser: Browser, wiring: Wiring, door: str) -> set[str]:
    """The routes that do not lead to the door, nor tell that the session is no good for them."""
    found = set()
    for rule, method, address in addresses(wiring):
        said = browser.client.open(address, method=method, data={} if method == "POST" else None)
        to_the_door = said.status_code == 302 and said.headers["Location"].startswith(door)
        if not to_the_door and said.status_code != 401:
            found.add(rule.endpoint)
    return found


@pytest.fixture
def browser(fresh: Callable[[], Browser]) -> Browser:
    made = fresh()
    made.sign_in(HELPDESK)
    return made


def test_who_waits_for_the_code_gets_no_further_by_any_route(
    browser: Browser, fresh: Callable[[], Browser], wiring: Wiring, clock: Clock
) -> None:
    Device(clock).enrol(browser)
    waiting = fresh()
    waiting.sign_in(HELPDESK)

    found = opened(waiting, wiring, "/sign-in/second")

    assert "identity.second" in found
    assert found <= OPEN | {"identity.second", "identity.show_second", "identity.sign_out"}


def test_who_has_to_set_it_up_gets_no_further_by_any_route(browser: Browser, wiring: Wiring, clock: Clock) -> None:
    wiring.engine.perform(require_factor, since=date(2026, 1, 1), at=clock.now)

    found = opened(browser, wiring, "/me/factor")

    assert found <= NOBODYS | {"identity.factor", "identity.change_factor", "identity.sign_out"}
