"""Takes the pictures of the documentation from demo data: `.venv/bin/python -m tests.browser.pictures` renews docs/pictures/case.png.

With a folder, `.venv/bin/python -m tests.browser.pictures FOLDER`, it takes instead a picture of every page there is, of a
house in which nothing has happened, on a usual day and overfull, on a desk by day and on a phone by night, to be looked at;
and sheets on which several pages stand side by side. More words choose: `empty`, `usual`, `overfull`; `other` takes the desk
by night and the phone by day; a part of a page's name takes only the pages whose names have it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from sop_catalog.publishing import load_folder
from tests.browser.every_picture import every_picture
from tests.browser.officer_at_screen import QUIET
from tests.browser.served_office import BEGUN, ServedOffice, serve
from tests.shipped import house_folder
from web.config import Settings
from web.demo import load_demo
from web.first_start import load_registers
from web.wiring import wire

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "pictures" / "case.png"
CASES = 40
WHOLE = {"width": 1440, "height": 1000}
"""High enough for the whole diagram and the mark in its corner."""
CHOSEN = """
    select number from "case" where office = 'bp3mi-jatim' and parent_id is null and state = 'running' and stage = :stage
    order by id
"""


@contextmanager
def demo_office() -> Iterator[tuple[ServedOffice, str]]:
    """Serve an office with demo data. Gives the password of its accounts beside it."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        wiring = wire(Settings(data_dir=place), create=True)
        wiring.engine.migrate()
        load_registers(wiring.engine, at=BEGUN)
        with house_folder() as diagrams:
            load_folder(wiring.engine, diagrams, at=BEGUN)
        password = load_demo(wiring.engine, place / "demo-accounts.txt", at=BEGUN, cases=CASES)[1]
        wiring.engine.close()
        with serve(place) as office:
            yield office, password


def signed_in(chromium: Browser, office: ServedOffice, password: str, size: dict[str, int]) -> Page:
    """A page of whoever holds every post of one office."""
    context = chromium.new_context(viewport=size, locale="id-ID", base_url=office.address)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Akun").fill("semua.jatim")
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/work/mine")
    return page


def chosen_case(office: ServedOffice) -> str:
    """A case that has come some way, so that there is something to see."""
    for stage in ("Pelaksanaan disposisi", "Disposisi", "Ditapis", "Terdata"):
        if found := office.rows(CHOSEN, stage=stage):
            return str(found[0][0])
    raise AssertionError("the demo data has no running case in East Java")


def show_diagram(page: Page, case: str) -> None:
    page.goto(f"/cases/{case}?tab=diagram")
    page.locator("[data-viewer][data-ready]").wait_for()


def main(arguments: list[str]) -> None:
    """Renew the picture of the documentation; with a folder, take those of every page instead."""
    path = shutil.which("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        if arguments:
            every_picture(chromium, Path(arguments[0]), frozenset(arguments[1:]))
        else:
            picture_of_documents(chromium)
        chromium.close()


def picture_of_documents(chromium: Browser) -> None:
    with demo_office() as (office, password):
        page = signed_in(chromium, office, password, WHOLE)
        show_diagram(page, chosen_case(office))
        PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=PICTURE)


if __name__ == "__main__":
    main(sys.argv[1:])
