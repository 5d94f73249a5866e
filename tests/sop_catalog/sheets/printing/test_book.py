"""The book of an area: cover, explanation, contents, then every sheet, each with a bookmark."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sop_catalog.sheets.printing.book import volumes, write_book
from tests.sop_catalog.sheets.printing.pdf_parts import bookmarks, pages
from tests.sop_catalog.sheets.printing.shapes import SHAPES, ladder, one_step

DAY = date(2026, 11, 22)


def test_a_book_has_its_front_and_all_sheets_and_a_bookmark_for_each() -> None:
    sheets = [SHAPES["map"](), one_step(), replace(ladder(), code="c3-m99-02")]

    made = write_book(sheets, area="C3", on=DAY)

    assert pages(made) == 3 + 2 + 2 + 3
    assert sorted(bookmarks(made)) == [
        "C3-M99-01 Satu Langkah",
        "C3-M99-02 Tangga Keputusan",
        "Daftar isi",
        "P-C3-99 Peta Penanganan",
        "Penjelasan singkat penggunaan",
    ]


def test_who_waits_hears_of_every_sheet() -> None:
    heard: list[int] = []

    write_book([one_step(), replace(one_step(), code="c3-m99-02")], on=DAY, tell=heard.append)

    assert heard == [1, 2]


def test_the_same_book_of_the_same_day_is_the_same_file() -> None:
    sheets = [one_step(), replace(one_step(), code="c3-m99-02")]

    assert write_book(sheets, on=DAY) == write_book(sheets, on=DAY)
    assert write_book(sheets, on=DAY) != write_book(sheets, on=date(2026, 11, 23))


def test_a_long_book_is_parted_into_volumes_with_areas_whole() -> None:
    codes = ["p-c3-01", "c2-m01", "c2-m02", "c3-m01", "c3-m02", "s11-m01", "s11-m02", "s11-m03", "s11-m04", "s11-m05"]
    sheets = [replace(one_step(), code=each) for each in codes]

    found = [[each.code for each in part] for part in volumes(sheets, most=4)]

    assert found == [codes[:3], codes[3:5], codes[5:9], codes[9:]]
