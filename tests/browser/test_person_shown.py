"""The person of a case: hidden until somebody asks and says what for, and each look is recorded."""

from __future__ import annotations

from tests.browser.head_start import case_at
from tests.browser.officer_at_screen import OfficerAtScreen
from tests.browser.served_office import HERE, ServedOffice

LOOKS = "select officer from access_record where kind like '%reveal%'"


def test_a_person_is_shown_only_after_the_look_was_recorded(officer: OfficerAtScreen, office: ServedOffice) -> None:
    case = case_at(office, "Merekam negara dan pekerjaan tujuan")
    login = f"petugas-sispopmi.{HERE}"
    officer.sign_in(login)
    officer.go(f"/cases/{case}?tab=person")
    assert "Wulan" not in officer.page.locator("main").inner_text()
    assert office.rows(LOOKS) == []

    officer.page.get_by_label("Untuk keperluan apa?").select_option(index=1)
    officer.press("Tampilkan")

    officer.page.get_by_text("Wulan Contoh").wait_for()
    said = officer.page.locator(".person dl").inner_text().splitlines()
    assert said[:2] == ["Nama lengkap", "Wulan Contoh"]
    assert {"Perempuan", "17 Mei 1999"} <= set(said)
    officer.picture("person-shown")
    assert office.rows(LOOKS) == [(login,)]
    officer.follow("Sembunyikan")
    assert "Wulan" not in officer.page.locator("main").inner_text()
