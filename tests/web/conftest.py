"""The office that every web test works in: the diagrams of the house, two regional offices, an officer for each post."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.once import made_once
from tests.web.office import HELPDESK, NOW, SISPOPMI, Browser, Clock, furnish_web
from tests.web.one_app import app_over, with_one_library
from web.config import Settings
from web.wiring import Wiring, wire


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with every register, every procedure of the house and an officer for each post; made once."""
    return made_once(tmp_path_factory, "office", lambda place: furnish_web(place, NOW))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def wiring(built: Path, tmp_path: Path, clock: Clock) -> Iterator[Wiring]:
    """The same office, but this test's own copy."""
    place = tmp_path / "office"
    shutil.copytree(built, place)
    made = with_one_library(wire(Settings(data_dir=place, testing=True), clock=lambda: clock.now))
    yield made
    made.engine.close()


@pytest.fixture
def browser(wiring: Wiring) -> Browser:
    """A browser in which nobody is signed in."""
    return Browser(app_over(wiring).test_client())


@pytest.fixture
def officer(wiring: Wiring) -> Callable[[str], Browser]:
    """A browser in which this officer is signed in."""
    app = app_over(wiring)

    def signed_in(login: str) -> Browser:
        made = Browser(app.test_client())
        assert made.sign_in(login).status == 200
        return made

    return signed_in


@pytest.fixture
def case(officer: Callable[[str], Browser]) -> str:
    """The number of a case that has just been opened in East Java."""
    page = officer(SISPOPMI).get("/cases/new").submit("/cases/new", release="p-c3-01")
    assert page.status == 200
    return page.response.request.path.rsplit("/", maxsplit=1)[-1]


@pytest.fixture
def item(case: str, officer: Callable[[str], Browser]) -> str:
    """The address of its first work item, which is the help desk's."""
    return officer(HELPDESK).get("/work/post").link("Menyambut CPMI")
