"""The identity part of a sheet: the lists of the cover sheet, and laws as the register has them."""

from __future__ import annotations

import pytest

from engine.domain.release import LegalBasis
from sop_catalog.procedure import Sheet
from sop_catalog.sheets.reading import Grid, read_sheet
from sop_catalog.sheets.reading.covering import cover_of
from tests.sop_catalog.sheets.reading.office_sheets import ticked
from tests.sop_catalog.sheets.reading.writing import FOUR, UNDER, Row, document

HEADED: list[Row] = [
    ("Dasar Hukum :", "Kualifikasi Pelaksana :"),
    ("1. Undang-Undang Nomor 18 Tahun 2017, Pasal 8\n2. Keputusan Kepala Nomor 1 Tahun 1999", "1. Sarjana hukum\n2. Mahir berbahasa daerah"),
    ("Keterkaitan :", "Peralatan/Perlengkapan :"),
    ("SOP Pemulangan", "Komputer; Telepon"),
    ("Peringatan :", "Pencatatan dan Pendataan :"),
    ("-", "Buku register"),
]  # fmt: skip
IN_ONE: list[Row] = [
    ("DASAR HUKUM\n1. UU 21/2007 Pasal 44\n2. PP 59/2021", "KUALIFIKASI PELAKSANA\nSarjana hukum"),
]


def read(identity: list[Row]) -> Grid:
    return read_sheet(document(identity, [FOUR, UNDER, *ticked()]))


def test_lists_stand_below_their_headings() -> None:
    found = cover_of(read(HEADED))

    assert found.lists == {
        "qualification": ("Sarjana hukum", "Mahir berbahasa daerah"),
        "equipment": ("Komputer", "Telepon"),
        "records": ("Buku register",),
    }


def test_laws_are_those_of_the_register_and_others_are_handed_back() -> None:
    found = cover_of(read(HEADED))

    assert found.legal == (LegalBasis("UU 18/2017", "Pasal 8"),)
    assert found.unknown == ("Dasar hukum: Keputusan Kepala Nomor 1 Tahun 1999", "Keterkaitan: SOP Pemulangan")


@pytest.mark.parametrize(
    ("cited", "law"),
    [
        ("UU No. 18 Tahun 2017 tentang Pelindungan Pekerja Migran Indonesia", LegalBasis("UU 18/2017", "")),
        ("Undang-Undang Republik Indonesia Nomor 21 Tahun 2007 Pasal 44", LegalBasis("UU 21/2007", "Pasal 44")),
        ("Peraturan Pemerintah Nomor 59 Tahun 2021, Pasal 5 ayat (1)", LegalBasis("PP 59/2021", "Pasal 5 ayat (1)")),
        ("Perpres 90/2019", LegalBasis("Perpres 90/2019", "")),
    ],
)
def test_a_law_is_cited_in_many_ways(cited: str, law: LegalBasis) -> None:
    assert cover_of(read([("Dasar Hukum", ""), (cited, "")])).legal == (law,)


def test_lists_stand_in_the_cell_of_their_heading() -> None:
    found = cover_of(read(IN_ONE))

    assert found.legal == (LegalBasis("UU 21/2007", "Pasal 44"), LegalBasis("PP 59/2021", ""))
    assert found.lists == {"qualification": ("Sarjana hukum",)}


def test_what_the_paper_says_otherwise_is_taken_and_the_rest_stays() -> None:
    older = Sheet(legal=(LegalBasis("UU 27/2022", "Pasal 32"),), equipment=("Kendaraan",), warning=("Tidak ada",))

    new = cover_of(read(HEADED)).over(older)

    assert (new.legal, new.equipment) == ((LegalBasis("UU 18/2017", "Pasal 8"),), ("Komputer", "Telepon"))
    assert new.warning == older.warning


@pytest.mark.parametrize("said", ["Sarjana hukum", "1. Sarjana hukum.", "- Sarjana  hukum"])
def test_what_the_paper_says_in_the_same_words_changes_nothing(said: str) -> None:
    sheet = Sheet(qualification=("Sarjana hukum.",), warning=("Tidak ada",))

    assert cover_of(read([("Kualifikasi Pelaksana", ""), (said, "")])).over(sheet) is sheet
