"""What is unsound is shown with the shortest way to it: numbered on the drawing, in words, step by step, on a phone too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.officer_at_screen import PHONE, OfficerAtScreen, Watch
from tests.web.office import OWNER

UNSOUND = Path(__file__).parents[1] / "drawings" / "rules" / "comes-to-an-end" / "bad.bpmn"
STEPS = ["“Berkas diterima” dimulai", "“Memeriksa berkas” selesai", "“Melengkapi berkas” selesai"]


def bring_in(officer: OfficerAtScreen, watch: Watch) -> Page:
    """Begin a draft of the unsound drawing, and open it."""
    watch.expected.add("422")
    officer.sign_in(OWNER)
    officer.go("/catalogue/publish")
    officer.page.get_by_label("Berkas BPMN").set_input_files(UNSOUND)
    officer.press("Periksa dan mulai draf")
    officer.follow("Buka draf")
    return officer.page


def words(page: Page) -> list[str]:
    return [each.inner_text().split("\n")[-1] for each in page.locator(".shortest li").all()]


def test_the_way_to_a_finding_is_gone_step_by_step_on_the_drawing_board(
    window: Callable[..., OfficerAtScreen], watch: Watch
) -> None:
    officer = window()
    page = bring_in(officer, watch)
    officer.follow("Lanjutkan menggambar")
    page.locator("[data-editor][data-ready]").wait_for()

    page.locator("[data-findings] button").first.click()

    assert words(page)[:3] == STEPS
    expect(page.locator(".djs-overlay .way-number")).to_have_text(["1", "2", "3", "4"])
    expect(page.locator(".djs-overlay .way-wrong")).to_have_count(1)
    officer.picture("way-on-board")
    page.get_by_role("button", name="Langkah sebelumnya").click()
    expect(page.locator(".shortest [role=status]")).to_have_text("langkah 3 dari 4")
    expect(page.locator(".djs-overlay .way-number-now")).to_have_text("3")
    page.get_by_role("button", name="Di sini salahnya: “temu”").click()
    page.get_by_role("button", name="Tutup jalan").click()
    expect(page.locator(".djs-overlay .way-number")).to_have_count(0)


def test_the_way_is_shown_on_a_phone_at_night(window: Callable[..., OfficerAtScreen], watch: Watch) -> None:
    officer = window(size=PHONE, color_scheme="dark")
    page = bring_in(officer, watch)

    page.get_by_role("button", name="Tunjukkan jalannya pada diagram").click()

    expect(page.locator(".shortest li")).to_have_count(4)
    assert words(page)[:3] == STEPS
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    officer.picture("way-on-phone")
