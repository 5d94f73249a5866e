"""What goes wrong is told in whole sentences, by a page or as a problem, and never with the program's insides."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
import structlog

from engine import Engine
from tests.web.office import HELPDESK, Browser
from web.app import create_app
from web.config import Settings
from web.wiring import Wiring

INSIDES = ("Traceback", 'File "', ".py", "sqlite", "SELECT", "werkzeug", "flask")


def plain(text: str) -> bool:
    return not any(each in text for each in INSIDES)


def test_an_address_that_is_nowhere_offers_a_search_and_the_ways_back(officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).get("/tidak/ada")

    assert page.status == 404
    assert "Tidak ada apa-apa di sini" in page.text
    assert page.tree.get_element_by_id("cari") is not None
    assert plain(page.text)


def test_a_wrong_method_keeps_its_allow_header_on_pages_and_for_programs(browser: Browser) -> None:
    page = browser.client.put("/sign-in", headers={"Origin": "http://localhost"})
    problem = browser.client.delete("/api/v1/health")

    assert page.status_code in {403, 405}
    assert problem.status_code == 405
    assert "GET" in problem.headers["Allow"]
    assert problem.headers["Content-Type"] == "application/problem+json"


def test_too_large_a_form_is_refused_without_being_read(officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).post("/work/1/complete", facts="x" * 300_000)

    assert page.status == 413
    assert plain(page.text)


def test_a_fault_of_the_program_says_its_number_which_stands_in_the_log(
    wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(wiring)
    app.config["TESTING"] = False
    browser = Browser(app.test_client())
    browser.sign_in(HELPDESK)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("Contoh Rahasia")

    monkeypatch.setattr(Engine, "reading", fail)
    with structlog.testing.capture_logs() as logs:
        answer = browser.client.get("/work/mine")

    text = answer.get_data(as_text=True)
    number = next(each["number"] for each in logs if each["event"] == "failed")
    assert answer.status_code == 500
    assert number in text
    assert "Contoh Rahasia" not in text
    assert plain(text.split("</head>")[1])


def test_a_database_that_is_gone_is_told_as_such(wiring: Wiring, officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)
    (wiring.settings.data_dir / "lajur.db").unlink()
    wiring.engine.close()

    page, problem = browser.client.get("/work/mine"), browser.client.get("/api/v1/ready")

    assert (page.status_code, problem.status_code) == (503, 503)
    assert "Sedang tidak tersedia" in page.get_data(as_text=True)
    assert json.loads(problem.data)["status"] == 503


def test_every_answer_tells_browsers_to_keep_others_out(officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)

    for address in ("/work/mine", "/cases", "/catalogue", "/tidak/ada", "/sign-in", "/api/v1/health"):
        headers = browser.client.get(address).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"


def test_over_https_cookies_are_bound_to_the_host_and_browsers_stay_there(wiring: Wiring) -> None:
    settings = Settings(data_dir=wiring.settings.data_dir, origin="https://lajur.example.go.id", testing=True)
    app = create_app(Wiring(settings, wiring.engine, wiring.secret, wiring.clock))

    answer = app.test_client().get("/sign-in", base_url="https://lajur.example.go.id")

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-lajur-before=")
    assert "Secure" in cookie
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_text_that_looks_like_markup_is_shown_as_text(officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).get("/work/post?q=<script>alert(1)</script>")

    assert "<script>alert" not in page.response.get_data(as_text=True)
    assert page.tree.get_element_by_id("q").get("value") == "<script>alert(1)</script>"
