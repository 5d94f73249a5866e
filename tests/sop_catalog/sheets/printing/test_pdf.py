"""The sheet as a file: PDF/UA with all its fonts, and the same bytes for the same form wherever and whenever it is printed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from sop_catalog.errors import SheetTooLong
from sop_catalog.procedure import Status
from sop_catalog.sheets.printing import FORMATS, write, write_pdf
from sop_catalog.sheets.printing.pdf import spans
from tests.sop_catalog.sheets.printing.forms import a_form
from tests.sop_catalog.sheets.printing.pdf_parts import alternatives, bookmarks, pages, roles, unpacked
from tests.sop_catalog.sheets.printing.shapes import SHAPES, ladder

ELSEWHERE = """
import hashlib
from sop_catalog.sheets.printing import FORMATS, write
from tests.sop_catalog.sheets.printing.shapes import ladder
print(*(hashlib.sha256(write(ladder(), each)).hexdigest() for each in FORMATS))
"""


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_form_makes_the_same_bytes(kind: str) -> None:
    assert write(ladder(), kind) == write(ladder(), kind)


def test_another_process_in_another_zone_on_another_day_makes_the_same_bytes() -> None:
    other = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "4102444800", "LC_ALL": "C"}

    said = subprocess.run(
        [sys.executable, "-c", ELSEWHERE], env={**os.environ, **other}, capture_output=True, text=True, check=True
    )

    assert said.stdout.split() == [hashlib.sha256(write(ladder(), each)).hexdigest() for each in FORMATS]


def test_it_says_that_it_is_accessible_and_carries_its_fonts() -> None:
    made = write_pdf(ladder())

    whole = unpacked(made)
    assert "<pdfuaid:part>1</pdfuaid:part>" in whole
    assert "/Lang(id)" in whole.replace(" ", "")
    assert {"H1", "Table", "TR", "TH", "TD", "Figure"} <= roles(made)
    assert whole.count("/FontFile") == whole.count("/Type/FontDescriptor") > 0


def test_each_symbol_is_told_to_who_does_not_see_it() -> None:
    said = alternatives(write_pdf(ladder()))

    assert len(said) == len(ladder().rows)
    assert said[:2] == [
        "Kapsul, Petugas Layanan. ke langkah 1",
        "Belah ketupat, Ketua Tim Pelindungan. Pemulangan: ke langkah 2; Bantuan hukum: ke langkah 4; Penempatan kembali: ke langkah 6",
    ]


def test_it_has_the_pages_that_were_planned_and_a_bookmark() -> None:
    made = write_pdf(ladder())

    assert pages(made) == 3
    assert bookmarks(made) == ["C3-M99-01 Tangga Keputusan"]


def test_a_letter_that_no_font_has_is_printed_without_the_promise() -> None:
    made = write_pdf(SHAPES["unicode"]())

    assert "pdfuaid:part" not in unpacked(made)
    assert "Table" in roles(made)


@pytest.mark.parametrize("name", ["empty-cells", "nothing-drawn"])
def test_a_form_that_says_nearly_nothing_is_printed(name: str) -> None:
    assert pages(write_pdf(SHAPES[name]())) == 2


def test_more_rows_than_anybody_follows_are_refused() -> None:
    form = a_form(2, 399)  # a start and an end besides

    with pytest.raises(SheetTooLong, match=r"at most 400 rows for a printed sheet, but c3-m99-01 has 401"):
        write_pdf(form)


def test_a_draft_says_so_on_every_page() -> None:
    form = replace(ladder(), identity=replace(ladder().identity, status=Status.OFFICIAL))
    marked = replace(form, identity=replace(form.identity, mark="RANCANGAN"))

    words = [unpacked(write_pdf(each)).count("Tm") for each in (form, marked)]

    assert words[1] - words[0] == pages(write_pdf(form))


def test_pages_that_follow_each_other_are_named_as_one() -> None:
    assert [spans(each) for each in ((3,), (2, 3), (2, 3, 5), (2, 3, 4, 7))] == ["3", "2, 3", "2, 3, 5", "2–4, 7"]
