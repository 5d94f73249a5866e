"""Nothing that somebody typed is lost: not while the page asks the server, not when the window is loaded again."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Route

from tests.browser.head_start import case_at
from tests.browser.officer_at_screen import PHONE, OfficerAtScreen, Watch
from tests.browser.served_office import HERE, ServedOffice


def test_an_answer_typed_while_the_page_asks_for_more_questions_stays(
    officer: OfficerAtScreen, office: ServedOffice
) -> None:
    case = case_at(office, "Memilih moda dan jadwal", procedure="c3-m06")
    officer.sign_in(f"pengelola-kasus.{HERE}")
    officer.open_item("Memilih moda dan jadwal", [case])
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    officer.page.route("**/questions", hold)

    officer.form.locator(".pick:has([name=perlu_alat_khusus])").first.click()
    officer.page.wait_for_function("() => document.querySelector('[data-fields]').ariaBusy")
    moment = officer.form.locator("[name=tanggal_berangkat]")
    moment.fill("2026-11-25T08:00")
    held[0].continue_()
    question = officer.form.get_by_label("Alat yang diperlukan")
    question.wait_for()

    assert moment.input_value() == "2026-11-25T08:00"
    assert moment.evaluate("each => each === document.activeElement")
    officer.form.locator(".pick:has([name=perlu_alat_khusus])").last.click()
    officer.page.wait_for_function("() => document.querySelector('[data-fields]').ariaBusy")
    held[1].continue_()
    question.wait_for(state="detached")


def test_whoever_loses_the_browser_finds_all_that_was_typed_on_another_device(
    officer: OfficerAtScreen, office: ServedOffice, window: Callable[..., OfficerAtScreen]
) -> None:
    case = case_at(office, "Menanyakan siapa yang merekrut dan bagaimana")
    officer.sign_in(f"petugas-sispopmi.{HERE}")
    officer.open_item("Menanyakan siapa yang merekrut dan bagaimana", [case])
    recruiter = officer.form.get_by_label("Nama atau sebutan perekrut")
    kinds = officer.form.locator(".pick:has([name=perekrut_jenis])")

    recruiter.fill("Pak Contoh")
    kinds.nth(2).click()
    officer.page.get_by_text("Tersimpan").wait_for()
    address = officer.page.url
    officer.page.context.close()

    phone = window(size=PHONE)
    phone.sign_in(f"petugas-sispopmi.{HERE}")
    phone.page.goto(address)
    assert phone.form.locator(".pick:has([name=perekrut_jenis])").nth(2).locator("input").is_checked()
    assert phone.form.get_by_label("Nama atau sebutan perekrut").input_value() == "Pak Contoh"
    assert phone.page.evaluate("() => [sessionStorage.length, localStorage.length]") == [0, 0]


def test_answers_that_are_not_taken_come_back_with_what_was_typed(
    officer: OfficerAtScreen, office: ServedOffice, watch: Watch
) -> None:
    watch.expected.add("422")
    case = case_at(office, "Menerima penyerahan dari pengantar")
    officer.sign_in(f"petugas-sispopmi.{HERE}")
    officer.open_item("Menerima penyerahan dari pengantar", [case])

    officer.form.get_by_label("Tempat ditemukan").fill("Pelabuhan Peraga")
    officer.press("Selesaikan", officer.form)

    officer.page.locator("#faults").wait_for()
    officer.picture("item-faults")
    assert officer.form.get_by_label("Tempat ditemukan").input_value() == "Pelabuhan Peraga"
    assert officer.page.locator("#faults a").first.get_attribute("href") == "#q-sumber_temuan"
