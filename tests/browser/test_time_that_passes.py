"""Timers of a diagram: when their time has come the case goes on, and a page says beforehand that it will."""

from __future__ import annotations

from datetime import timedelta

from tests.browser.head_start import case_at
from tests.browser.officer_at_screen import OfficerAtScreen, Watch
from tests.browser.served_office import HERE, ServedOffice

WAITS = "Menunggu keputusan yang bersangkutan"


def test_a_case_goes_on_by_itself_after_a_rest_of_four_hours(officer: OfficerAtScreen, office: ServedOffice) -> None:
    step = "Memeriksa kesiapan yang bersangkutan"
    case = case_at(office, step, procedure="c3-m03")
    officer.sign_in(f"pengantar-kerja.{HERE}")

    officer.work(step, "Belum siap", [case])
    officer.page.get_by_text("Berlanjut sendiri").wait_for()
    officer.picture("case-waits")
    office.let_pass(hours=4)

    officer.login = ""
    officer.sign_in(f"pengantar-kerja.{HERE}")
    officer.work(step, "Siap", [case])
    assert office.rows("select count(*) from timer") == [(0,)]


def test_who_takes_longer_than_three_days_is_seen_again(officer: OfficerAtScreen, office: ServedOffice) -> None:
    case = case_at(office, "Membacakan isi formulir", procedure="c3-m05")
    officer.answers = {"cakap_hukum": "Ya"}
    officer.sign_in(f"penyuluh-hukum.{HERE}")
    officer.work("Membacakan isi formulir", "Meminta waktu", [case])

    office.let_pass(days=3, minutes=1)

    officer.login = ""
    officer.sign_in(f"pengelola-kasus.{HERE}")
    officer.work("Menemui yang bersangkutan setelah waktu habis", "", [case])
    assert office.rows("select state from work_item where name = :name", name=WAITS) == [("exited",)]
    assert office.rows("select count(*) from timer") == [(0,)]


def test_an_answer_that_comes_after_the_time_was_up_is_told_so_even_if_no_worker_ran(
    officer: OfficerAtScreen, office: ServedOffice, watch: Watch
) -> None:
    watch.expected.add("409")
    case = case_at(office, "Membacakan isi formulir", procedure="c3-m05")
    officer.answers = {"cakap_hukum": "Ya"}
    officer.sign_in(f"penyuluh-hukum.{HERE}")
    officer.work("Membacakan isi formulir", "Meminta waktu", [case])
    officer.sign_in(f"pengelola-kasus.{HERE}")
    office.clock.ahead += timedelta(days=3) - timedelta(minutes=1)
    officer.login = ""
    officer.sign_in(f"pengelola-kasus.{HERE}")
    officer.open_item(WAITS, [case])

    office.clock.ahead += timedelta(minutes=2)
    officer.press("Selesaikan", officer.form)

    officer.page.locator(".wrong .do, [role=alert]").wait_for()
    officer.picture("too-late")
    assert officer.page.locator(".head .time").inner_text().strip() == "tidak diperlukan lagi"
    assert office.rows("select state from work_item where name = :name", name=WAITS) == [("exited",)]
