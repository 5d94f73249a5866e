"""Everything that matters works where no script runs: old machines, strict browsers, a line that broke."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.head_start import case_at
from tests.browser.officer_at_screen import OfficerAtScreen
from tests.browser.served_office import HERE, ServedOffice

STEP = "Memilih moda dan jadwal"


def test_a_case_is_opened_and_worked_without_scripts(window: Callable[..., OfficerAtScreen]) -> None:
    officer = window(java_script_enabled=False)
    officer.sign_in(f"petugas-sispopmi.{HERE}")
    case = officer.open_case()
    officer.sign_in(f"petugas-helpdesk.{HERE}")

    officer.open_item("Menyambut CPMI dan menawarkan kebutuhan dasar", [case])
    officer.press("Selesaikan", officer.form)

    assert case in officer.page.locator(".said-good").inner_text()


def test_questions_that_follow_are_asked_for_with_a_button(
    window: Callable[..., OfficerAtScreen], office: ServedOffice
) -> None:
    case = case_at(office, STEP, procedure="c3-m06")
    officer = window(java_script_enabled=False)
    officer.sign_in(f"pengelola-kasus.{HERE}")
    officer.open_item(STEP, [case])
    question = officer.form.get_by_label("Alat yang diperlukan")
    assert question.count() == 0

    officer.form.locator("[name=moda]").first.check()
    officer.form.locator("[name=tanggal_berangkat]").fill("2026-11-25T08:00")
    officer.form.locator("[name=perlu_alat_khusus][value=yes]").check()
    officer.press("Tampilkan pertanyaan lanjutan")
    question.fill("Kursi roda")
    officer.press("Selesaikan", officer.form)

    officer.page.locator(".said-good").wait_for()
    assert office.rows("select value from fact where name = 'alat_khusus'") == [('"Kursi roda"',)]


def test_the_still_picture_stands_where_the_diagram_cannot_be_moved(
    window: Callable[..., OfficerAtScreen], office: ServedOffice
) -> None:
    case = case_at(office, "Menyambut CPMI dan menawarkan kebutuhan dasar")
    officer = window(java_script_enabled=False)
    officer.sign_in(f"petugas-sispopmi.{HERE}")

    officer.go(f"/cases/{case}?tab=diagram")

    picture = officer.page.locator("[data-still] img")
    assert picture.evaluate("each => each.naturalWidth") > 300
