"""The pages of local governments on a desk by day and on a phone by night: fit for everybody, and within their width."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from engine import ask_citizen_question, count_pemda_month
from tests.browser.fitness import faults
from tests.browser.served_office import BEGUN, serve
from tests.web.homecoming import MALANG, OWN, Homecoming
from tests.web.office import PASSWORD
from web.config import Settings
from web.wiring import wire

LOOKS = {"desk": ({"width": 1440, "height": 900}, "light"), "phone": ({"width": 390, "height": 844}, "dark")}


@pytest.fixture(scope="module")
def house(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Homecoming:
    """An office with citizens of some regencies, and a month that was counted."""
    place = tmp_path_factory.mktemp("pemda") / "office"
    shutil.copytree(furnished, place)
    made = Homecoming(wire(Settings(data_dir=place, testing=True), clock=lambda: BEGUN))
    made.fill()
    made.do(ask_citizen_question, f"petugas.{MALANG}", made.numbers[OWN], text="Kapan tiba?")
    made.wiring.engine.perform(count_pemda_month, "2026-10", at=BEGUN + timedelta(days=1))
    made.wiring.engine.close()
    return made


@pytest.mark.browser
@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_fit_for_everybody(house: Homecoming, chromium: Browser, look: str) -> None:
    size, light = LOOKS[look]
    with serve(house.wiring.settings.data_dir) as office:
        page = chromium.new_page(viewport=size, color_scheme=light, base_url=office.address, locale="id-ID")  # type: ignore[arg-type]
        wrong = {"sign-in": _look(page, "/pemda/sign-in")}
        page.get_by_label("Akun").fill(f"petugas.{MALANG}")
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/pemda")
        citizen = f"/pemda/citizens/{house.numbers[OWN]}"
        for address in (
            "/pemda",
            citizen,
            "/pemda/print",
            "/pemda/figures",
            "/pemda/account",
            "/pemda?begin=50",
            "/pemda/citizens/x",
        ):
            wrong[address] = _look(page, address)
        page.close()

    assert {address: each for address, each in wrong.items() if each} == {}


def _look(page: Page, address: str) -> list[str]:
    page.goto(address)
    return faults(page)
