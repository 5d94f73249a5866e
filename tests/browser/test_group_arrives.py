"""Forty people arrive with a list: taken in from what is pasted, and welcomed all at once, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.manifest import pasted, people
from tests.browser.officer_at_screen import DESK, PHONE, OfficerAtScreen
from tests.browser.served_office import HERE, ServedOffice

WELCOME = "Menyambut CPMI dan menawarkan kebutuhan dasar"
NEXT = "Memeriksa keadaan darurat"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_forty_people_are_taken_in_from_a_list_and_welcomed_together(
    size: dict[str, int], window: Callable[..., OfficerAtScreen], office: ServedOffice
) -> None:
    officer = window(size=size)
    page = officer.page
    officer.sign_in(f"petugas-sispopmi.{HERE}")

    officer.go("/groups")
    officer.picture("groups-empty")
    officer.follow("Rombongan baru")
    page.get_by_label("Rombongan ini disebut apa?").fill("Kapal Contoh, Pelabuhan Contoh")
    page.get_by_label("Sidak atau pencegahan").check()
    page.get_by_label("Kapan mereka ditemukan?").fill(office.clock().strftime("%Y-%m-%dT00:30"))
    page.get_by_label("Di mana mereka ditemukan?").fill("Pelabuhan Contoh")
    officer.picture("group-new")
    officer.press("Lanjut ke daftar orang")
    rows = [list(each) for each in people(40)]
    rows[2][4] = "31/02/1996"
    page.get_by_label("Tempelkan daftarnya").fill(pasted(rows))
    officer.picture("group-people")
    officer.press("Baca daftarnya")
    officer.picture("group-columns")
    officer.press("Terima 40 orang")
    page.get_by_role("heading", name="37 orang diterima").wait_for()
    officer.picture("group-done")
    assert page.get_by_role("heading", name="2 baris ditolak").count() == 1
    assert page.get_by_role("heading", name="1 orang mungkin sudah dikenal").count() == 1
    with page.expect_download() as download:
        officer.press("Unduh XLSX")
    assert download.value.suggested_filename.endswith("-ditolak.xlsx")

    board = page.url.removesuffix("/admit").removeprefix(office.address)
    officer.sign_in(f"petugas-helpdesk.{HERE}")
    officer.go(board)
    assert page.locator("[data-row]").count() == 37
    officer.picture("group-board")
    page.get_by_label("Langkah").select_option(label=f"{WELCOME} (37)")
    officer.press("Tampilkan")
    page.get_by_role("link", name="Pilih semua").click()
    officer.picture("group-step")
    officer.press("Ambil yang dipilih")
    page.get_by_role("heading", name="Diambil: 37").wait_for()
    officer.picture("group-taken")
    officer.press("Selesaikan untuk 37 orang ini bersama")
    officer.picture("group-together")
    officer.press("Selesaikan untuk 37 orang")
    page.get_by_role("heading", name="Selesai: 37").wait_for()
    officer.picture("group-completed")

    officer.go(board)
    officer.picture("group-board-after")
    assert page.get_by_role("link", name=NEXT).count() == 37
    assert office.rows('select count(*) from "case" where event_id is not null') == [(37,)]
    assert office.audit_breaks() == []
