"""The register of persons on its pages: looked for, shown only when asked, joined by two, parted again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine import import_subjects
from tests.web.office import ELSEWHERE, HEAD, NOW, SISPOPMI, Browser
from web.wiring import Wiring

SITI = {"nama": "Siti Noerjanah Contoh", "nik": "9900000000000001", "tanggal_lahir": "1998-03-02", "rute": "Batam"}
AGAIN = {"nama": "Sitti Nurjannah Contoh", "tanggal_lahir": "1998-03-02"}
BOOK = "Buku register 2024"


@pytest.fixture
def two(wiring: Wiring) -> tuple[int, int]:
    """Two entries about one person, out of the office's old register."""
    given: Any = {"source": BOOK, "officer": SISPOPMI, "at": NOW}
    told = wiring.engine.perform(import_subjects, [SITI, AGAIN], **given).rows
    return told[0].person or 0, told[1].person or 0


def test_a_search_shows_numbers_and_reasons_and_no_name(
    two: tuple[int, int], officer: Callable[[str], Browser]
) -> None:
    page = officer(SISPOPMI).get("/people").submit("/people", nama="siti nurjanah", tanggal_lahir="1998-03-02")

    assert "2 orang di kantor Anda mirip" in page.text
    assert "O-00001" in page.text
    assert "tanggal lahir sama" in page.text
    assert "Noerjanah" not in page.text
    assert page.response.request.query_string == b""


def test_another_office_is_told_where_to_ask(two: tuple[int, int], officer: Callable[[str], Browser]) -> None:
    browser = officer(ELSEWHERE)

    page = browser.get("/people").submit("/people", nik=SITI["nik"])

    assert "Dikenal di BP3MI Jawa Timur, tanyakan di sana." in page.text
    assert "O-00001" not in page.text
    assert browser.get("/people/1").status == 404


def test_a_search_for_nothing_says_what_is_missing(officer: Callable[[str], Browser]) -> None:
    page = officer(SISPOPMI).get("/people").submit("/people")

    assert page.status == 422
    assert "Isi sedikitnya satu kolom." in page.text


def test_a_person_is_hidden_until_somebody_says_why(two: tuple[int, int], officer: Callable[[str], Browser]) -> None:
    browser = officer(SISPOPMI)
    page = browser.get("/people/1")

    shown = page.submit("/reveal", reason="Memastikan siapa orangnya")

    assert "Noerjanah" not in page.text
    assert "•••••" in page.text
    assert BOOK in page.text
    assert "Siti Noerjanah Contoh" in shown.text
    assert "2 Maret 1998" in shown.text
    assert "Memastikan siapa orangnya" in browser.get("/people/1").text


def test_two_officers_join_two_entries_and_one_parts_them_again(
    two: tuple[int, int], officer: Callable[[str], Browser]
) -> None:
    mine, other = officer(SISPOPMI), officer(HEAD)
    proposed = mine.get("/people/1").submit("/people/1/merge", other="O-00002", reason="Orang yang sama")
    assert "Anda yang mengusulkan" in proposed.text

    joined = other.get("/people").submit("/confirm")
    shown = other.get("/people/2").submit("/reveal", reason="Membandingkan dua catatan")
    parted = other.get("/people/1").submit("/undo", reason="Ternyata kembar")

    assert "Keduanya kini dibaca sebagai satu orang" in joined.text
    assert "Tercatat berbeda" in shown.text
    assert "Sitti Nurjannah Contoh" in shown.text
    assert "Keduanya kembali menjadi dua orang" in parted.text


def test_whoever_asks_gets_what_is_held_of_them(two: tuple[int, int], officer: Callable[[str], Browser]) -> None:
    page = officer(SISPOPMI).get("/people/1")

    text = page.submit("/export.txt", reason="Datang sendiri")

    assert "Siti Noerjanah Contoh" in text.response.get_data(as_text=True)
    assert text.response.headers["Content-Disposition"] == 'attachment; filename="O-00001.txt"'


def test_a_case_that_knows_nobody_says_so(case: str, officer: Callable[[str], Browser]) -> None:
    browser = officer(SISPOPMI)

    page = browser.get("/people").submit("/people/case", case=case)

    assert "Belum ada yang diketahui tentang orang dalam kasus ini" in page.text
    assert officer(ELSEWHERE).get(f"/people/of/{case}").status == 404
