"""What an officer does with a group, by clicks: open it, take its people in from a list, and work on all of them at once."""

from __future__ import annotations

from collections.abc import Sequence

from tests.browser.manifest import pasted
from tests.browser.officer_at_screen import OfficerAtScreen


def open_group(
    officer: OfficerAtScreen, title: str = "Kapal Contoh, Pelabuhan Contoh", source: str = "Deportasi"
) -> str:
    """Open a group; gives back the address of its board, and leaves the page on which its people are added."""
    page = officer.page
    officer.go("/groups/new")
    page.get_by_label("Rombongan ini disebut apa?").fill(title)
    page.get_by_label(source, exact=True).check()
    page.get_by_label("Kapan mereka ditemukan?").fill(officer.office.clock().strftime("%Y-%m-%dT00:30"))
    page.get_by_label("Di mana mereka ditemukan?").fill("Pelabuhan Contoh")
    officer.picture("group-new")
    officer.press("Lanjut ke daftar orang")
    page.get_by_label("Tempelkan daftarnya").wait_for()
    return page.url.removeprefix(officer.office.address).removesuffix("/people")


def take_in(officer: OfficerAtScreen, rows: Sequence[Sequence[str]], *, taken: int) -> None:
    """Paste a list where people are added, take over the proposed columns, and see so many taken in."""
    page = officer.page
    page.get_by_label("Tempelkan daftarnya").fill(pasted(rows))
    officer.picture("group-people")
    officer.press("Baca daftarnya")
    officer.picture("group-columns")
    officer.press(f"Terima {len(rows)} orang")
    page.get_by_role("heading", name=f"{taken} orang diterima").wait_for()
    officer.picture("group-done")


def choose(officer: OfficerAtScreen, board: str, step: str, *, keys: bool = False) -> int:
    """Open the board at a step and choose everybody there, by the keyboard or by its link; gives back how many."""
    page = officer.page
    officer.go(board)
    officer.picture("group-board")
    place = page.get_by_label("Langkah").locator("option").filter(has_text=step).get_attribute("value")
    page.get_by_label("Langkah").select_option(value=place)
    officer.press("Tampilkan")
    page.locator("[name=item]").first.wait_for()
    if keys:
        page.keyboard.press("j")
        page.keyboard.press("a")
    else:
        page.get_by_role("link", name="Pilih semua").click()
        page.get_by_role("link", name="Batalkan pilihan").wait_for()
    officer.picture("group-step")
    return page.locator("[name=item]:checked").count()


def complete_together(officer: OfficerAtScreen, count: int, outcome: str = "", *, pictures: bool = True) -> None:
    """On the form for all of them: answer what it asks, tick that the result holds for all, and press it."""
    page = officer.page
    if pictures:
        officer.picture("group-together")
    if outcome:
        page.get_by_label(f"Hasil yang sama berlaku bagi semua {count} orang").check()
    officer.press(outcome or f"Selesaikan untuk {count} orang")
    page.get_by_role("heading", name=f"Selesai: {count}").wait_for()
    if pictures:
        officer.picture("group-completed")
