"""Whatever another site may make a browser send is refused, and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.web.office import HELPDESK, NOW, SISPOPMI, Browser
from web.app import create_app
from web.identity.sessions import UNFORGED
from web.wiring import Wiring

ELSEWHERE = ("/api/", "/pemda")
"""Where an officer is not signed in: programs bring a token, local governments sessions of their own (test_pemda.py)."""


def unsafe(wiring: Wiring) -> list[str]:
    rules = create_app(wiring).url_map.iter_rules()
    pages = (rule for rule in rules if "POST" in (rule.methods or ()) and not rule.rule.startswith(ELSEWHERE))
    return [_address(rule.rule) for rule in pages if rule.endpoint not in UNFORGED]


def _address(rule: str) -> str:
    return re.sub(r"<[^>]+>", "1", rule)


def test_every_page_that_changes_something_wants_the_token_of_its_own_form(
    wiring: Wiring, officer: Callable[[str], Browser]
) -> None:
    browser = officer(SISPOPMI)

    without = {address: browser.client.post(address).status_code for address in unsafe(wiring)}
    foreign = {address: browser.client.post(address, data={"csrf": "x" * 43}).status_code for address in unsafe(wiring)}

    assert len(without) >= 10
    assert set(without.values()) == {403}
    assert set(foreign.values()) == {403}


def test_a_form_with_the_right_token_from_another_origin_is_refused(officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)
    page = browser.get("/work/mine")

    browser.headers["Origin"] = "https://evil.example"
    refused = page.submit("/sign-out")

    assert refused.status == 403
    assert "tidak berasal dari halaman Lajur" in refused.text


@pytest.mark.parametrize("address", ["/sign-out", "/work/1/claim", "/cases/S-2026-00001/reveal"])
def test_what_changes_something_is_not_done_by_looking(officer: Callable[[str], Browser], address: str) -> None:
    answer = officer(HELPDESK).client.get(address)

    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_somebody_who_is_not_signed_in_sees_nothing_and_changes_nothing(wiring: Wiring, browser: Browser) -> None:
    looked = browser.client.get("/work/mine")
    sent = browser.client.post("/work/1/claim", data={"seen": "1"})

    assert looked.headers["Location"].startswith("/sign-in")
    assert sent.status_code == 401
    assert wiring.clock() == NOW
