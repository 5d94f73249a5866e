"""The pages of local governments on a desk by day and on a phone by night: fit for everybody, and within their width."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser, Page

from engine import ask_citizen_question, count_pemda_month, report_citizen_arrival, reset_pemda_factor
from tests.browser.fitness import faults
from tests.browser.served_office import BEGUN, ServedOffice, serve
from tests.engine.commands.papers import PDF
from tests.web.homecoming import BLITAR, MALANG, OWN, PROVINCE, Homecoming
from tests.web.office import PASSWORD
from web.config import Settings
from web.wiring import wire

NEW = {"desk": BLITAR, "phone": PROVINCE}
"""Whose people have no second factor yet: each sets one up once."""
LOOKS = {"desk": ({"width": 1440, "height": 900}, "light"), "phone": ({"width": 390, "height": 844}, "dark")}


@pytest.fixture(scope="module")
def house(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Homecoming:
    """An office with citizens of some regencies, and a month that was counted."""
    place = tmp_path_factory.mktemp("pemda") / "office"
    shutil.copytree(furnished, place)
    made = Homecoming(wire(Settings(data_dir=place, testing=True), clock=lambda: BEGUN))
    made.fill()
    made.do(ask_citizen_question, f"petugas.{MALANG}", made.numbers[OWN], text="Kapan tiba?")
    report: dict[str, Any] = {"happened_at": BEGUN, "name": "ba.pdf", "content": PDF}
    made.do(report_citizen_arrival, f"petugas.{MALANG}", made.numbers[OWN], **report)
    for area in NEW.values():
        made.do(reset_pemda_factor, f"petugas.{area}", reason="Telepon hilang.")
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
        _sign_in(page, MALANG)
        wrong["second"] = faults(page)
        page.get_by_label("Kode dari perangkat").fill("000000")
        page.keyboard.press("Enter")
        page.get_by_role("alert").wait_for()
        wrong["wrong code"] = faults(page)
        page.get_by_label("Kode dari perangkat").fill(house.recovery[MALANG].pop())
        page.keyboard.press("Enter")
        page.wait_for_url("**/pemda")
        citizen = f"/pemda/citizens/{house.numbers[OWN]}"
        for address in (
            "/pemda",
            citizen,
            "/pemda/print",
            "/pemda/figures",
            "/pemda/account",
            "/pemda/factor",
            "/pemda/sessions",
            "/pemda?begin=50",
            "/pemda/citizens/x",
        ):
            wrong[address] = _look(page, address)
        page.close()

    assert {address: each for address, each in wrong.items() if each} == {}


@pytest.mark.browser
@pytest.mark.parametrize("look", LOOKS)
def test_a_second_factor_is_set_up_before_anybody_is_shown(house: Homecoming, chromium: Browser, look: str) -> None:
    size, light = LOOKS[look]
    with serve(house.wiring.settings.data_dir) as office:
        page = chromium.new_page(viewport=size, color_scheme=light, base_url=office.address, locale="id-ID")  # type: ignore[arg-type]
        _sign_in(page, NEW[look])
        page.wait_for_url("**/pemda/factor")
        wrong = {"not yet": faults(page)}
        page.get_by_role("button", name="Siapkan").click()
        page.locator(".qr img").wait_for()
        wrong["device"] = faults(page)
        page.get_by_label("Kode dari perangkat").fill(_shown(page, office))
        page.keyboard.press("Enter")
        page.locator(".code-list").wait_for()
        wrong["codes"] = faults(page)
        page.get_by_role("link", name="Sudah saya simpan").click()
        page.wait_for_url("**/pemda")
        assert page.get_by_role("heading", name="Warga kami").is_visible()
        page.close()

    assert {name: each for name, each in wrong.items() if each} == {}


@pytest.mark.browser
def test_a_signed_record_is_chosen_sent_and_kept(house: Homecoming, chromium: Browser, tmp_path: Path) -> None:
    with serve(house.wiring.settings.data_dir) as office:
        page = chromium.new_page(base_url=office.address, locale="id-ID")
        _sign_in(page, MALANG)
        page.get_by_label("Kode dari perangkat").fill(house.recovery[MALANG].pop())
        page.keyboard.press("Enter")
        page.wait_for_url("**/pemda")
        page.goto(f"/pemda/citizens/{house.numbers[OWN]}")
        (tmp_path / "ba.exe").write_bytes(b"MZ")
        (tmp_path / "ba.pdf").write_bytes(PDF)
        for name in ("ba.exe", "ba.pdf"):
            page.get_by_label("Ya, diterima").check()
            page.get_by_label("Nomor berita acara").fill("BA-7/2026")
            page.get_by_label("Berita acara bertanda tangan").set_input_files(tmp_path / name)
            page.get_by_role("button", name="Kirim jawaban").click()
            said = page.get_by_text("harus berupa PDF atau foto" if name == "ba.exe" else "Jawaban Anda dicatat")
            said.wait_for()
        with page.expect_download() as handed:
            page.get_by_role("link", name="Berita acara bertanda tangan").last.click()
        kept = handed.value.path().read_bytes()
        page.close()

    assert kept == PDF


def _sign_in(page: Page, area: str) -> None:
    """Give account and password."""
    page.goto("/pemda/sign-in")
    page.get_by_label("Akun").fill(f"petugas.{area}")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Masuk").wait_for(state="detached")


def _shown(page: Page, office: ServedOffice) -> str:
    """What a telephone shows that has read the key."""
    secret = (page.locator(".secret").text_content() or "").replace(" ", "").strip()
    return pyotp.TOTP(secret).at(office.clock())


def _look(page: Page, address: str) -> list[str]:
    page.goto(address)
    return faults(page)
