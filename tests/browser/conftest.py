"""A real Chromium without a screen, and a server of the program that it can reach."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from waitress import create_server  # type: ignore[import-untyped]

from tests.web.office import furnish_web
from web.app import create_app
from web.config import Settings
from web.wiring import Wiring, wire

FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("browser-office")
    furnish_web(place, datetime.now(UTC))
    return place


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; without one these tests are left out, except where the project's own machine runs them."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing: install Debian's package chromium.")
        pytest.skip("Chromium is missing: install Debian's package chromium to run the browser tests.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture
def wiring(furnished: Path, tmp_path: Path) -> Iterator[Wiring]:
    place = tmp_path / "office"
    shutil.copytree(furnished, place)
    made = wire(Settings(data_dir=place, session_idle_minutes=120))
    yield made
    made.engine.close()


@pytest.fixture
def address(wiring: Wiring) -> Iterator[str]:
    """Where the program is served for this test."""
    server = create_server(create_app(wiring), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)


@pytest.fixture
def open_page(chromium: Browser, address: str) -> Iterator[Callable[[int], Page]]:
    """Make a page of this width; whatever a browser complains about fails the test."""
    complaints: list[str] = []
    contexts = []

    def opened(width: int) -> Page:
        height = 900 if width > 600 else 844
        context = chromium.new_context(
            viewport={"width": width, "height": height}, has_touch=width < 600, base_url=address, locale="id-ID"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.set_default_timeout(15_000)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [each for each in complaints if "status of 4" not in each] == []
