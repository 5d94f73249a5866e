"""A picture of every page of three houses, and sheets of several side by side: for people to look at, and for no test."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Error

from tests.browser.every_page import visits
from tests.browser.officer_at_screen import DESK, PHONE
from tests.browser.served_office import serve
from tests.browser.three_houses import OFFICER, OWNER, SIZES, built
from tests.browser.visitor import LOOKS, Visitor
from tests.web.rights.world import World
from web.config import Settings
from web.wiring import wire

OTHER = (("dark", DESK), ("light", PHONE))
"""The two ways of looking that the test leaves out."""
LOGINS = {"anonymous": "", "owner": OWNER, "auditor": OWNER, "admin": OWNER}
"""Role → account of these houses; everybody else is who holds every post of one office."""
BESIDES = {
    "case-diagram": "/cases/{case}?tab=diagram",
    "case-documents": "/cases/{case}?tab=documents",
    "case-person": "/cases/{case}?tab=person",
    "case-time": "/cases/{case}?tab=time",
    "cases-completed": "/cases?state=completed",
    "catalogue-macro": "/catalogue/c3-m06",
    "catalogue-map": "/catalogue/p-c3-02",
    "catalogue-search": "/catalogue/search?q=pulang",
    "audit-micros": "/audit?level=micro",
    "nowhere": "/tidak-ada",
    "group-step": "/groups/{event}",
}
"""What an address shows beside what stands in the table of routes."""
STEP = (
    "() => { document.querySelector('#step').selectedIndex = 1; document.querySelector('form.sieve').requestSubmit() }"
)
TALLEST, LABEL = 1500, 18
"""How much of a page stands on a sheet, in its own pixels; and how high the name above it is."""


@dataclass
class Photographer(Visitor):
    """Takes pictures of what it looks at, and judges nothing."""

    folder: Path = Path()

    def look(
        self,
        name: str,
        *,
        unfold: bool = False,
        whole: bool = False,  # noqa: ARG002 - nothing is judged
        narrow: bool = False,  # noqa: ARG002 - as above
        folds: int | None = None,
    ) -> None:
        for scheme, size in self.looks:
            self.turn_to(scheme, size)
            if unfold:
                self.unfold(folds)
            self.page.screenshot(path=self.folder / f"{name}-{size['width']}-{scheme}.png", full_page=True)
        self.turn_to(*LOOKS[0])


def every_picture(chromium: Browser, folder: Path, words: frozenset[str]) -> None:
    """Take the pictures of the houses that are named, of all three where none is; then make the sheets."""
    looks = OTHER if "other" in words else LOOKS
    parts = words - set(SIZES) - {"other"}
    for name in [each for each in SIZES if each in words] or list(SIZES):
        kept = folder / name
        kept.mkdir(parents=True, exist_ok=True)
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as place, built(name, Path(place)) as house:
            ready = time.monotonic()
            with serve(house.place) as office:
                house.begin(office.engine)
                context = chromium.new_context(viewport=cast("Any", DESK), locale="id-ID", reduced_motion="reduce")
                visitor = Photographer(context.new_page(), office, folder=kept, looks=looks)
                world = World(wire(Settings(data_dir=house.place)), house.names)
                taken = sum(1 for _ in _walk(visitor, world, parts))
                world.wiring.engine.close()
                context.close()
        print(f"{name}: made in {ready - began:.0f} s; {taken} pages taken in {time.monotonic() - ready:.0f} s")  # noqa: T201 - a command's answer
        for scheme, size in looks:
            _sheets(
                sorted(kept.glob(f"*-{size['width']}-{scheme}.png")),
                folder / "sheets",
                f"{name}-{size['width']}-{scheme}",
            )


def _walk(visitor: Photographer, world: World, parts: Iterable[str]) -> Iterator[str]:
    """Go to every page, and to what else there is at its address."""
    routes = [(name, LOGINS.get(role, OFFICER), address) for name, role, address in visits(world)]
    besides = [
        (name, OWNER if name.startswith("audit") else OFFICER, address.format(**world.names))
        for name, address in BESIDES.items()
    ]
    for name, login, address in (*routes, *besides):
        if parts and not any(each in name for each in parts):
            continue
        visitor.become(login)
        visitor.page.goto(visitor.office.address + address)
        if name == "group-step":
            _choose_step(visitor)
        visitor.settle()
        visitor.look(name)
        yield name


def _choose_step(visitor: Photographer) -> None:
    try:
        with visitor.page.expect_navigation(timeout=3_000):
            visitor.page.evaluate(STEP)
    except Error:
        return  # nobody is in the group, so that there is no step


def _sheets(pictures: list[Path], folder: Path, name: str) -> None:
    """Lay the pictures side by side, six on a sheet."""
    folder.mkdir(exist_ok=True)
    for at in range(0, len(pictures), 6):
        tiles = [_tile(each) for each in pictures[at : at + 6]]
        across = 6 if tiles[0].width < 300 else 3
        rows = [tiles[each : each + across] for each in range(0, len(tiles), across)]
        heights = [max(tile.height for tile in row) for row in rows]
        sheet = Image.new("RGB", (across * (tiles[0].width + 8), sum(heights) + 8 * len(rows)), "#777777")
        for row, line in enumerate(rows):
            for column, tile in enumerate(line):
                sheet.paste(tile, (column * (tile.width + 8), sum(heights[:row]) + 8 * row))
        sheet.save(folder / f"{name}-{at // 6 + 1:02}.png")


def _tile(path: Path) -> Image.Image:
    """One page, made smaller and cut, with its name above it."""
    with Image.open(path) as whole:
        width = 260 if whole.width < DESK["width"] else 640
        shown = whole.convert("RGB").crop((0, 0, whole.width, min(whole.height, TALLEST)))
        small = shown.resize((width, round(shown.height * width / shown.width)), Image.Resampling.LANCZOS)
        tile = Image.new("RGB", (width, small.height + LABEL), "#ffee99")
        ImageDraw.Draw(tile).text((4, 3), f"{path.stem} · {whole.height} px", "#000000")
    tile.paste(small, (0, LABEL))
    return tile
