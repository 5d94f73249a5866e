"""A case goes from one office to another: offered on a desk, answered on a phone at night, with every form on the way opened."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.fitness import faults
from tests.browser.head_start import case_at
from tests.browser.officer_at_screen import PHONE, OfficerAtScreen
from tests.browser.served_office import HERE, ORIGIN, ServedOffice

STEP = "Menerima penyerahan dari pengantar"


def test_a_case_that_is_offered_is_taken_over_and_worked_on_there(
    window: Callable[..., OfficerAtScreen], office: ServedOffice
) -> None:
    case = case_at(office, STEP)
    here, there = window(), window(size=PHONE, color_scheme="dark")
    here.sign_in(f"petugas-sispopmi.{HERE}")
    here.go(f"/cases/{case}")
    for each in ("Tulis catatan", "Tangguhkan", "Tutup kasus", "Serahkan ke kantor lain"):
        here.page.locator("summary", has_text=each).click()
    assert faults(here.page) == []

    offer = here.page.locator("form[action$='/handovers']")
    offer.get_by_label("Ke kantor mana?").select_option(label="BP3MI Jawa Tengah")
    offer.get_by_label("Mengapa?").fill("Keluarganya di Cilacap.")
    here.press("Tawarkan kasus")
    here.page.locator(".said-good").wait_for()
    there.sign_in(f"petugas-sispopmi.{ORIGIN}")
    assert faults(there.page) == []
    there.page.get_by_role("link", name="menawarkan satu kasus").click()
    there.page.locator("summary", has_text="Tolak").click()
    assert faults(there.page) == []

    there.press("Terima kasus ini")

    there.page.locator(".said-good").wait_for()
    there.picture("case-taken-over")
    assert faults(there.page) == []
    there.open_item(STEP, [case])
    there.page.locator("summary", has_text="Terjadi lebih awal").click()
    assert (
        there.page.locator("summary", has_text="Kembalikan").count() == 0
    )  # what another office did is not undone here
    assert faults(there.page) == []
    here.go("/work/mine")
    assert here.page.get_by_text("BP3MI Jawa Tengah sudah menerima kasus ini").count() == 1
