"""One person is walked by clicks from intake to closure, through hand-over to another office, by the right officers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page
from sqlalchemy import text

from sop_catalog import registers
from tests.web.office import PASSWORD
from web.wiring import Wiring

pytestmark = pytest.mark.browser

HAPPY = {
    "sakit": "no", "anak": "no", "hamil": "no", "disabilitas": "no", "rombongan": "no", "perkara_berjalan": "no",
    "perlu_pengawalan": "no", "perlu_rujukan": "no", "saran_berbeda": "no", "perlu_alat_khusus": "no",
    "kasus_terdahulu": "no", "usulan_disposisi": "pulang", "kebutuhan_mendesak": "",
}  # fmt: skip
"""Answers that lead home; every other yes-or-no question is answered with yes, every choice with the first."""
WAY = {"tidak", "siap", "tersedia", "sesuai", "benar", "baru", "ada", "lanjut", "disetujui", "diajukan", "lengkap"}
"""Outcomes that lead on; where none of them is offered, the first."""
STEPS = 120


@dataclass
class Officers:
    """Everybody's own browser, opened when they are first needed."""

    open_page: Callable[[int], Page]
    width: int
    pages: dict[str, Page] = field(default_factory=dict)

    def page_of(self, login: str) -> Page:
        if login not in self.pages:
            page = self.pages[login] = self.open_page(self.width)
            page.goto("/sign-in")
            page.fill("#login", login)
            page.fill("#password", PASSWORD)
            page.get_by_role("button", name="Masuk").click()
            page.wait_for_url("**/work/mine")
        return self.pages[login]


@pytest.mark.parametrize("width", [1440, 390])
def test_a_prevented_worker_gets_home_to_the_family_by_clicks_alone(
    open_page: Callable[[int], Page], wiring: Wiring, width: int
) -> None:
    officers = Officers(open_page, width)
    overseer = officers.page_of("petugas-sispopmi.jatim")
    overseer.goto("/cases/new")
    overseer.get_by_role("button", name="Buka kasus").click()
    number = overseer.url.rsplit("/", maxsplit=1)[-1]

    acted = walk(officers, overseer, number)

    overseer.goto(f"/cases/{number}")
    assert overseer.get_by_text("Selesai", exact=True).first.is_visible()
    assert {login.rsplit(".", maxsplit=1)[-1] for login in acted} == {"jatim", "jateng"}
    assert left_open(wiring) == {}


def walk(officers: Officers, overseer: Page, number: str) -> list[str]:
    """Do whatever is open, in the case and below it, each by the officer whose work it is."""
    acted: list[str] = []
    for _ in range(STEPS):
        found = next((item for case in (number, f"{number}.1") if (item := open_item(overseer, case))), None)
        if found is None:
            return acted
        address, login = found
        acted.append(login)
        page = officers.page_of(login)
        page.goto(address)
        decide_where_asked(page)
        answer(page)
    raise AssertionError(f"not at an end after {STEPS} steps; the last were {acted[-5:]}")


def open_item(page: Page, case: str) -> tuple[str, str] | None:
    answer = page.goto(f"/cases/{case}")
    if answer is None or answer.status != 200:
        return None
    rows = page.locator("aside .card").first.locator("li:has(a[href^='/work/'])")
    if rows.count() == 0:
        return None
    address = rows.first.locator("a").get_attribute("href") or ""
    who = rows.first.locator(".quiet").inner_text().split(" · ")[-1]
    post, office = who.split(", ")
    code = next(each.code for each in registers.posts() if each.name == post)
    place = next(each.code for each in registers.offices() if each.name == office)
    return address, f"{code}.{place.removeprefix('bp3mi-')}"


def decide_where_asked(page: Page) -> None:
    if page.get_by_text("Tetapkan disposisi di sini dulu").count() == 0:
        return
    page.get_by_label("Pulang ke keluarga").check()
    page.get_by_label("Dasar pertimbangan").fill("Keluarga siap menerima dan alamatnya sudah dipastikan.")
    page.get_by_role("button", name="Tetapkan disposisi ini").click()
    page.locator(".said-good").first.wait_for()


def answer(page: Page) -> None:
    """Fill in what is asked, press the outcome that leads on, and see the page that says it was done."""
    form = page.locator("form[data-draft]")
    for index in range(form.locator("[data-fields] .field").count()):
        fill(form.locator("[data-fields] .field").nth(index))
    buttons = form.locator("button[name=outcome]")
    values = [buttons.nth(each).get_attribute("value") or "" for each in range(buttons.count())]
    chosen = next((each for each, value in enumerate(values) if value in WAY), 0)
    buttons.nth(chosen).click()
    page.wait_for_url("**/cases/*")


def fill(question: Locator) -> None:
    first = question.locator("input, select, textarea").first
    name, kind = first.get_attribute("name") or "", first.get_attribute("type") or ""
    if kind in {"radio", "checkbox"}:
        wanted = HAPPY.get(name, "yes")
        offered = question.locator(f"input[value='{wanted}']")
        (offered if wanted and offered.count() else first).check()
    elif first.evaluate("each => each.tagName") == "SELECT":
        offices = first.locator("option[value='bp3mi-jateng']").count()
        first.select_option("bp3mi-jateng") if offices else first.select_option(index=1)
    elif kind in {"date", "datetime-local"}:
        first.fill("2026-11-18" if kind == "date" else "2026-11-18T09:15")
    else:
        money = first.get_attribute("inputmode") == "decimal"
        first.fill("1" if money else "Contoh")


def left_open(wiring: Wiring) -> dict[str, int]:
    """Rows of any table in which something would still wait."""
    asked = {
        "case": "select count(*) from \"case\" where state in ('running', 'suspended') or length(snapshot) > 0",
        "work_item": "select count(*) from work_item where state in ('ready', 'reserved')",
        "timer": "select count(*) from timer where case_id is not null",
        "subscription": "select count(*) from subscription",
        "announcement": "select count(*) from announcement where state in ('pending', 'failed')",
        "disposition": "select count(*) from disposition where state = 'open'",
        "incident": "select count(*) from incident where state = 'open'",
    }
    with wiring.engine.reading(at=wiring.clock()) as reader:
        found = {name: int(reader.connection.execute(text(query)).scalar_one()) for name, query in asked.items()}
    return {name: number for name, number in found.items() if number}
