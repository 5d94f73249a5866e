"""Every page there is, on a desk by day and on a phone by night: fit for everybody, within its width, without a complaint.

A new route of a page is visited by itself; where its address cannot be made or it does not answer with a page, the test
says so. With `LAJUR_SCREENSHOTS=folder` a picture of each look is kept.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.every_page import ALIKE, visits
from tests.browser.officer_at_screen import DESK, Watch
from tests.browser.served_office import BEGUN, serve
from tests.browser.states import STATES
from tests.browser.visitor import LOOKS, Screen, Visitor
from tests.web.rights.world import ROLES, World
from web.config import Settings
from web.wiring import wire


@pytest.fixture(scope="module")
def world(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """An office in which everything exists once."""
    place = tmp_path_factory.mktemp("every") / "office"
    shutil.copytree(furnished, place)
    made = World(wire(Settings(data_dir=place, testing=True), clock=lambda: BEGUN))
    made.fill()
    yield made
    made.wiring.engine.close()


@pytest.fixture
def visitor(world: World, chromium: Browser, watch: Watch) -> Iterator[Visitor]:
    """One window before that office."""
    with serve(world.wiring.settings.data_dir) as office:
        context = chromium.new_context(viewport=DESK, locale="id-ID", reduced_motion="reduce")  # type: ignore[arg-type]
        watch.over(context)
        yield Visitor(context.new_page(), office)
        context.close()


def test_every_page_is_fit_for_everybody(visitor: Visitor, world: World) -> None:
    for endpoint, role, address in visits(world):
        visitor.become(ROLES[role])
        answer = visitor.page.goto(visitor.office.address + address)
        assert answer is not None
        kind = answer.headers["content-type"].partition(";")[0]
        if (answer.status, kind) != (200, "text/html"):
            visitor.wrong[endpoint] = [f"{address} as {role} answers {answer.status} {kind}, not with a page"]
            continue
        visitor.settle()
        visitor.look(endpoint, folds=ALIKE.get(endpoint))

    assert visitor.wrong == {}


@pytest.mark.parametrize(
    "looks", [pytest.param(LOOKS[-1:], id="phone"), pytest.param(LOOKS, id="both", marks=pytest.mark.long)]
)
def test_whatever_becomes_of_a_page_it_is_fit_for_everybody(
    visitor: Visitor, world: World, watch: Watch, looks: tuple[Screen, ...]
) -> None:
    visitor.looks = looks
    watch.expected |= {"401", "403", "404", "422"}

    for reach in STATES:
        reach(visitor, world)

    assert visitor.wrong == {}
