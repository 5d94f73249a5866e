"""Each kind of page, on a desk by day and on a phone by night: fit for everybody, within its width, and without a complaint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.head_start import case_at
from tests.browser.officer_at_screen import DESK, PHONE, OfficerAtScreen, Watch
from tests.browser.served_office import HERE, ServedOffice

GRAVE = {"serious", "critical"}
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk by day", "phone by night"])
def test_every_kind_of_page_is_fit_for_everybody(
    size: dict[str, int], scheme: str, window: Callable[..., OfficerAtScreen], office: ServedOffice, watch: Watch
) -> None:
    watch.expected |= {"404", "403"}
    officer = window(size=size, color_scheme=scheme)
    wrong: dict[str, Any] = {}

    for name in _visits(officer, office):
        officer.picture(f"{name}-{scheme}")
        if found := faults(officer.page):
            wrong[name] = found

    assert wrong == {}


def _visits(officer: OfficerAtScreen, office: ServedOffice) -> Iterator[str]:
    """Go from page to page, and say which kind is on the screen."""
    fresh = case_at(office, "Menyambut CPMI dan menawarkan kebutuhan dasar")
    known = case_at(office, "Merekam negara dan pekerjaan tujuan")
    travel = case_at(office, "Memilih moda dan jadwal", procedure="c3-m06")
    asking = case_at(office, "Membacakan isi formulir", procedure="c3-m05")
    deciding = case_at(office, "Menetapkan disposisi", procedure="c3-m05")
    officer.page.goto(office.address)
    yield "sign-in"
    officer.sign_in(f"petugas-sispopmi.{HERE}")
    officer.page.wait_for_url("**/work/mine")
    yield "work-mine-empty"
    officer.go("/work/post")
    yield "work-post"
    officer.go("/work/office")
    yield "work-office"
    officer.go("/work/post?q=zzz")
    yield "work-nothing-matches"
    officer.open_item("Merekam negara dan pekerjaan tujuan", [known])
    yield "item-form"
    yield from _tabs(officer, known)
    officer.go(f"/cases/{fresh}?tab=person")
    yield "case-person-unknown"
    for address in (
        "/cases",
        "/cases/new",
        "/catalogue",
        "/catalogue?q=penapisan",
        "/catalogue/c3-m03-02",
        "/tidak-ada",
    ):
        officer.go(address)
        officer.page.wait_for_load_state("networkidle")
        yield address.strip("/").replace("/", "-").replace("?q=", "-search-")
    officer.go("/catalogue")
    officer.page.locator("a.area:has-text('makro')").first.click()
    yield "catalogue-area"
    officer.sign_in(f"pengelola-kasus.{HERE}")
    officer.open_item("Memilih moda dan jadwal", [travel])
    yield "item-moment-and-choices"
    officer.sign_in(f"penyuluh-hukum.{HERE}")
    officer.open_item("Membacakan isi formulir", [asking])
    yield "item-three-outcomes"
    officer.sign_in(f"kepala-bp3mi.{HERE}")
    officer.open_item("Menetapkan disposisi", [deciding])
    yield "item-decision"
    officer.go("/catalogue/publish")
    yield "not-yours"
    officer.sign_in("pemilik-proses.pusat")
    officer.go("/catalogue/publish")
    yield "catalogue-publish"


def _tabs(officer: OfficerAtScreen, case: str) -> Iterator[str]:
    for tab in ("way", "diagram", "person", "time"):
        officer.go(f"/cases/{case}?tab={tab}")
        if tab == "diagram":
            officer.page.locator("[data-viewer][data-ready]").wait_for()
        yield f"case-{tab}"


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    said = [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found if each["impact"] in GRAVE]
    if (wider := page.evaluate(WIDER)) > 0:
        said.append(f"wider than the screen by {wider} px")
    return said
