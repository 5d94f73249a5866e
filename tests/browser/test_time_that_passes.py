"""Timers of a diagram: when their time has come the case goes on, and a page says beforehand that it will."""

from __future__ import annotations

from tests.browser.head_start import case_at
from tests.browser.officer_at_screen import OfficerAtScreen
from tests.browser.served_office import HERE, ServedOffice


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
