"""A board of more people than a page shows, worked on by the keyboard."""

from __future__ import annotations

import pytest

from engine import admit_person, open_event
from tests.browser.officer_at_screen import OfficerAtScreen
from tests.browser.served_office import HERE, ServedOffice

FIRST = "Menyambut CPMI"
OPENER = f"petugas-sispopmi.{HERE}"


def test_what_is_ticked_goes_along_when_the_page_is_turned_and_is_taken_with_the_rest(
    officer: OfficerAtScreen, office: ServedOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.groups.board.LENGTH", 2)
    at, here = office.clock(), f"bp3mi-{HERE}"
    opened = office.engine.perform(
        open_event, office=here, title="Kapal Contoh", procedure="p-c3-01", officer=OPENER, at=at
    )
    for name in ("Zzsatu", "Zzdua", "Zztiga"):
        office.engine.perform(admit_person, opened.name, {"nama": name}, officer=OPENER, at=at)
    officer.sign_in(f"petugas-helpdesk.{HERE}")
    officer.go(f"/groups/{opened.name}")
    page = officer.page
    place = page.get_by_label("Langkah").locator("option").filter(has_text=FIRST).get_attribute("value")
    page.get_by_label("Langkah").select_option(value=place)
    officer.press("Tampilkan")
    page.locator("[name=item]").first.wait_for()

    for key in "jxn":
        page.keyboard.press(key)
    page.get_by_role("link", name="Orang ke-3").wait_for()
    page.keyboard.press("a")

    assert page.locator("[data-count]").inner_text() == "· 2 dipilih, 1 di antaranya di halaman lain"
    officer.press("Ambil yang dipilih")
    page.get_by_role("heading", name="Diambil: 2").wait_for()
