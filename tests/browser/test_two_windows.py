"""Two windows on the same item: whoever comes second is told who was first, and when."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.head_start import case_at
from tests.browser.officer_at_screen import OfficerAtScreen, Watch
from tests.browser.served_office import HERE, ServedOffice

STEP = "Menerima penyerahan dari pengantar"


def test_a_page_that_somebody_overtook_is_answered_by_a_sentence(
    window: Callable[..., OfficerAtScreen], office: ServedOffice, watch: Watch
) -> None:
    watch.expected.add("409")
    case = case_at(office, STEP)
    first, second = window(), window()
    for each in (first, second):
        each.answers = {"tempat_temuan": "Pelabuhan Peraga", "rombongan": "Tidak", "perlu_penampungan": "Tidak"}
        each.sign_in(f"petugas-sispopmi.{HERE}")
        each.open_item(STEP, [case])
        each.fill_in()

    first.press("Selesaikan", first.form)
    first.page.locator(".said-good").wait_for()
    second.press("Selesaikan", second.form)

    said = second.page.locator(".said-bad").inner_text()
    second.picture("stale")
    assert f"“{STEP}” sudah diselesaikan Petugas SISPOPMI Contoh" in said
    assert "09:3" in said
    assert "Pelabuhan Peraga" in second.page.locator(".card", has_text="Yang sudah Anda ketik").inner_text()
    assert office.rows("select count(*) from work_item where name = :name", name=STEP) == [(1,)]


def test_pressing_twice_is_pressing_once(officer: OfficerAtScreen, office: ServedOffice) -> None:
    case = case_at(office, "Menyambut CPMI dan menawarkan kebutuhan dasar")
    officer.sign_in(f"petugas-helpdesk.{HERE}")
    officer.open_item("Menyambut CPMI dan menawarkan kebutuhan dasar", [case])

    officer.form.get_by_role("button", name="Selesaikan", exact=True).dblclick()

    officer.page.locator(".said-good").wait_for()
    assert office.rows("select count(*) from audit where kind = 'work_item.completed'") == [(1,)]
