"""The list of work without a mouse."""

from __future__ import annotations

import re

from tests.browser.head_start import case_at
from tests.browser.officer_at_screen import OfficerAtScreen
from tests.browser.served_office import HERE, ServedOffice

FIRST = "Menyambut CPMI dan menawarkan kebutuhan dasar"


def test_j_and_k_move_c_takes_and_enter_opens(officer: OfficerAtScreen, office: ServedOffice) -> None:
    cases = [case_at(office, FIRST) for _ in range(3)]
    officer.sign_in(f"petugas-helpdesk.{HERE}")
    officer.follow("Jabatan saya")
    page = officer.page

    for key in "jjk":
        page.keyboard.press(key)
    here = page.locator("[data-row][data-here]")
    chosen = here.locator(".code").inner_text()
    page.keyboard.press("c")
    page.wait_for_url(re.compile(r"/work/\d+$"))

    assert chosen in cases
    assert officer.page.locator("h1 + .line .code").inner_text() == chosen
    officer.follow("Tugas saya")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.locator("h1", has_text=FIRST).wait_for()


def test_the_first_tab_stop_leads_past_the_menu(officer: OfficerAtScreen) -> None:
    officer.sign_in(f"petugas-helpdesk.{HERE}")
    officer.go("/work/mine")

    officer.page.keyboard.press("Tab")
    officer.page.keyboard.press("Enter")

    assert officer.page.evaluate("location.hash") == "#isi"


def test_letters_typed_into_the_search_do_not_move_the_list(officer: OfficerAtScreen, office: ServedOffice) -> None:
    case_at(office, FIRST)
    officer.sign_in(f"petugas-helpdesk.{HERE}")
    officer.follow("Jabatan saya")

    officer.page.get_by_role("searchbox").press_sequentially("jkc")

    assert officer.page.get_by_role("searchbox").input_value() == "jkc"
    assert officer.page.locator("[data-here]").count() == 0
