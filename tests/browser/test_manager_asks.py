"""A manager's two questions, answered by clicks: who is late at hand-over and why; who recruited those who came again."""

from __future__ import annotations

from datetime import timedelta

from tests.browser.fitness import faults
from tests.browser.officer_at_screen import OfficerAtScreen
from tests.browser.served_office import BEGUN, ServedOffice
from tests.web.audit_history import REASON, came_again, handed_over_late


def test_which_office_is_late_at_handover_why_and_which_cases(office: ServedOffice, officer: OfficerAtScreen) -> None:
    made = handed_over_late(office.engine, BEGUN)
    page = officer.page

    officer.sign_in("direktur-kepulangan.pusat")
    officer.follow("Pengawasan")
    officer.follow("Serah Terima PMI")
    page.locator("[data-viewer][data-ready]").wait_for()
    page.locator(".measure", has_text="50 %").wait_for()
    assert faults(page) == []
    offices = page.locator("table.counted").first.locator("tbody tr")
    assert "Jawa Tengah" in offices.first.inner_text()
    offices.first.locator("td").nth(2).get_by_role("link").click()
    page.locator("h1", has_text="Langkah terlambat").wait_for()
    late = page.locator("tbody tr")
    assert sorted(late.locator("a.code").all_inner_texts()) == sorted(made["jateng"][:2])
    officer.follow("Kasusnya")
    assert page.locator("tbody tr").count() == 2

    officer.sign_in("kepala-bp3mi.jateng")
    officer.follow("Pengawasan")
    page.locator(".tile", has_text="Langkah terlambat").get_by_role("link").click()
    page.get_by_text(REASON).wait_for()
    officer.follow(made["jateng"][1])
    page.locator("#purpose").select_option(index=1)
    with page.expect_download() as taken:
        officer.press("Unduh seluruh rantai (JSON)")
    assert taken.value.suggested_filename == f"{made['jateng'][1]}-audit.json"
    assert faults(page) == []


def test_who_recruited_those_who_came_again_and_from_where(office: ServedOffice, officer: OfficerAtScreen) -> None:
    made = came_again(office.engine, BEGUN - timedelta(days=70))
    page = officer.page

    officer.sign_in("kepala-bp3mi.jatim")
    officer.follow("Pengawasan")
    officer.follow("Pencegahan")
    officer.follow("Triwulan lalu")
    assert faults(page) == []
    officer.follow("Perekrut orang yang datang lagi")

    row = page.locator("table").first.locator("tbody tr")
    assert "P-00001" in row.inner_text()
    assert "Demak" in row.inner_text()
    row.locator("td").first.get_by_role("link").click()
    page.locator("h1", has_text="Kasus di balik angka").wait_for()
    assert page.locator("tbody a.code").all_inner_texts() == made[::-1]
    assert faults(page) == []
