"""Forty people arrive with a list: taken in from what is pasted, and welcomed all at once, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.group_at_screen import choose, complete_together, open_group, take_in
from tests.browser.manifest import people
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
    rows = [list(each) for each in people(40)]
    rows[2][4] = "31/02/1996"

    officer.sign_in(f"petugas-sispopmi.{HERE}")
    board = open_group(officer, source="Sidak atau pencegahan")
    take_in(officer, rows, taken=37)
    assert page.get_by_role("heading", name="2 baris ditolak").count() == 1
    assert page.get_by_role("heading", name="1 orang mungkin sudah dikenal").count() == 1
    with page.expect_download() as download:
        officer.press("Unduh XLSX")
    assert download.value.suggested_filename.endswith("-ditolak.xlsx")

    officer.sign_in(f"petugas-helpdesk.{HERE}")
    assert choose(officer, board, WELCOME, keys=size == DESK) == 37
    officer.press("Ambil yang dipilih")
    officer.press("Selesaikan untuk 37 orang ini bersama")
    complete_together(officer, 37)
    assert choose(officer, board, NEXT) == 37
    officer.press("Selesaikan bersama")
    complete_together(officer, 37, outcome="Tidak")

    assert office.rows('select count(*) from "case" where event_id is not null') == [(37,)]
    assert office.audit_breaks() == []
