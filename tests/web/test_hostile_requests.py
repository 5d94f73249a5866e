"""Requests that no page of ours makes: each gets an answer, none a fault, and nobody is led astray."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from engine import create_token
from tests.web.office import HELPDESK, NOW, PASSWORD, SISPOPMI, Browser
from tests.web.one_app import app_over
from web.wiring import Wiring

TOO_FAR = str(2**64)


def key_of(*told: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode()


@pytest.fixture
def token(wiring: Wiring) -> str:
    return wiring.engine.perform(create_token, HELPDESK, name="uji", at=NOW).name


@pytest.fixture
def program(wiring: Wiring, token: str) -> FlaskClient:
    client = app_over(wiring).test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


@pytest.mark.parametrize(
    "address", ["/cases/}", "/cases/{0}", "/catalogue/}", "/catalogue/areas/}7", f"/work/{TOO_FAR}"]
)
def test_what_nobody_has_is_not_found_however_it_is_spelt(officer: Callable[[str], Browser], address: str) -> None:
    assert officer(SISPOPMI).get(address).status == 404


@pytest.mark.parametrize("address", ["/cases/%00", "/cases?q=%00", "/work/office?q=%00"])
def test_half_texts_are_refused_before_a_database_has_to(officer: Callable[[str], Browser], address: str) -> None:
    assert officer(SISPOPMI).get(address).status == 422


@pytest.mark.parametrize(
    "after",
    [
        key_of(2**70),
        key_of(-1),
        key_of("2026-01-01T00:00:00+00:00", 2**70),
        key_of("9999-12-31T23:59:59-12:00", 1),
        key_of("2026-01-01T00:00:00", 1),
        base64.urlsafe_b64encode(b"[" * 90_000).decode()[:40_000],
    ],
)
@pytest.mark.parametrize("address", ["/cases", "/work/mine", "/work/office"])
def test_a_page_that_no_list_gave_is_refused(officer: Callable[[str], Browser], address: str, after: str) -> None:
    assert officer(SISPOPMI).get(f"{address}?after={after}").status == 422


def test_an_outcome_in_braces_is_refused_as_any_other(item: str, officer: Callable[[str], Browser]) -> None:
    refused = officer(HELPDESK).get(item).submit("/complete", outcome="}")

    assert refused.status == 422


@pytest.mark.parametrize("following", ["//evil.example", "/\t/evil.example", "/\n/evil.example", "/\\evil.example"])
def test_signing_in_leads_to_no_other_site(browser: Browser, following: str) -> None:
    form = dict(browser.get("/sign-in").form("/sign-in").form_values())

    answer = browser.client.post("/sign-in", data={**form, "login": SISPOPMI, "password": PASSWORD, "next": following})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/work/mine")


def test_half_a_login_is_refused_before_a_database_has_to(browser: Browser) -> None:
    assert browser.sign_in("sri\0").status == 422


@pytest.mark.parametrize("origin", ["http://[", "null", "//localhost:x"])
def test_an_origin_that_is_none_is_refused(officer: Callable[[str], Browser], origin: str) -> None:
    browser = officer(HELPDESK)
    page = browser.get("/work/mine")
    browser.headers["Origin"] = origin

    assert page.submit("/sign-out").status == 403


@pytest.mark.parametrize(
    "body",
    [
        '{"seen": NaN}',
        '{"seen": 1, "facts": {"sakit": Infinity}}',
        '{"seen": 1, "facts": {"sakit": 1e999}}',
        '{"seen": 1, "facts": {"sakit": ' + "[" * 16 + "]" * 16 + "}}",
        "[" * 100_000,
        '{"seen": 1' + "0" * 5_000 + "}",
        "{",
    ],
)
def test_a_body_that_is_no_json_is_refused(program: FlaskClient, body: str) -> None:
    answer = program.post("/api/v1/work-items/1/complete", data=body, content_type="application/json")

    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "address", [f"/work-items/{TOO_FAR}", "/cases/}", f"/cases/S-2026-00001/history?before={TOO_FAR}"]
)
def test_the_interface_answers_impossible_numbers_too(program: FlaskClient, address: str) -> None:
    assert program.get(f"/api/v1{address}").status_code in {404, 422}


def test_what_the_interface_does_not_use_it_does_not_take(program: FlaskClient) -> None:
    body = {"kind": "pemulangan", "ground": "keluarga menunggu", "seen": 1}

    answer = program.post("/api/v1/cases/S-2026-00001/dispositions", json=body)

    assert answer.status_code == 422
