"""Reading the tables that people bring."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from engine.domain.release import Choice, Field, FieldKind
from web.tables import CellNotRead, TableEmpty, TableNotRead, TableTooLarge, match_columns, read_cell, read_table


def workbook(rows: list[list[Any]], *, merged: str = "", name: str = "Sheet1") -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(name)
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    if merged:
        sheet.merge_range(merged, rows[2][3])
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("separator", ["\t", ";", ",", "|"])
def test_a_text_is_parted_at_the_separator_that_parts_it_evenly(separator: str) -> None:
    lines = [["Nama", "No. Paspor", "Alamat"], ["Dewi, S.", "X1", "Dusun I; RT 2"], ["Budi", "X2", "Dusun II"]]
    text = "\n".join(separator.join(f'"{each}"' for each in line) for line in lines)

    read = read_table(text, "tempelan")

    assert read.header == ("Nama", "No. Paspor", "Alamat")
    assert read.rows[0] == ("Dewi, S.", "X1", "Dusun I; RT 2")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_read_in_the_encoding_that_it_was_saved_in(encoding: str) -> None:
    content = "Nama;Alamat\r\nRené;Dusun é\r\n".encode(encoding)

    assert read_table(content, "x.csv").rows == (("René", "Dusun é"),)


def test_the_separator_that_a_spreadsheet_names_in_the_first_line_is_used() -> None:
    assert read_table("sep=;\nNama;Umur\nDewi;24\n").header == ("Nama", "Umur")


def test_headings_below_a_title_over_two_rows_and_above_column_numbers_are_found() -> None:
    content = workbook(
        [
            ["DAFTAR NAMA ROMBONGAN"],
            [],
            ["No", "Nama", "L/P", "Alamat", ""],
            ["", "", "", "Desa", "Kab/Kota"],
            ["(1)", "(2)", "(3)", "(4)", "(5)"],
            [1, "Dewi", "P", "Sukamaju", "Kab. Lombok Timur"],
            [],
            [2, "Budi", "L", "Mekar", "Kota Mataram"],
        ],
        merged="D3:E3",
    )

    read = read_table(content, "x.xlsx")

    assert read.header == ("No", "Nama", "L/P", "Alamat Desa", "Alamat Kab/Kota")
    assert read.rows[0] == ("1", "Dewi", "P", "Sukamaju", "Kab. Lombok Timur")
    assert read.rows[-1] == ("2", "Budi", "L", "Mekar", "Kota Mataram")
    assert read.lines[-1] == 8


def test_a_workbook_keeps_dates_and_long_texts_and_shows_where_a_number_was_rounded() -> None:
    content = workbook([["Nama", "Lahir", "NIK", "HP"], ["Dewi", 34405, 9912345678901234, 81234567890]])

    assert read_table(content, "x.xlsx").rows == (("Dewi", "34405", "9.91235E+15", "81234567890"),)


def test_a_sheet_can_be_chosen_and_an_empty_first_one_is_passed_over() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("Kosong")
    book.add_worksheet("Isi").write_column(0, 0, ["Nama", "Dewi"])
    book.add_worksheet("Lain").write_column(0, 0, ["Nama", "Budi"])
    book.close()

    assert read_table(out.getvalue()).rows == (("Dewi",),)
    assert read_table(out.getvalue(), sheet="Lain").rows == (("Budi",),)
    assert read_table(out.getvalue()).sheets == ("Kosong", "Isi", "Lain")


@pytest.mark.parametrize("content", [b"%PDF-1.7\x00\xff\x00", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\x00\x00"])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(TableNotRead):
        read_table(content, "x.xlsx")


@pytest.mark.parametrize("text", ["", "\n\n", "Nama;Umur\n"])
def test_a_table_without_rows_is_refused(text: str) -> None:
    with pytest.raises(TableEmpty):
        read_table(text)


def test_more_rows_or_columns_than_a_table_may_have_are_refused() -> None:
    with pytest.raises(TableTooLarge):
        read_table("Nama\n" + "Dewi\n" * 1001)
    with pytest.raises(TableTooLarge):
        read_table(";".join(f"k{n}" for n in range(61)) + "\n" + ";".join("x" * 61))


def test_an_archive_that_unpacks_to_far_more_is_refused_before_it_is_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (61 * 1024 * 1024))

    with pytest.raises(TableTooLarge):
        read_table(out.getvalue())


def test_cells_that_lie_far_apart_are_refused_before_room_is_made_for_what_lies_between() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "Nama")
    sheet.write(1_000_000, 16_000, "x")
    book.close()

    with pytest.raises(TableTooLarge):
        read_table(out.getvalue())


KNOWN = [
    Field("nama", "Nama menurut pengakuan"),
    Field("nomor_paspor", "Nomor paspor"),
    Field("jenis_kelamin", "Jenis kelamin", FieldKind.CHOICE, choices=(Choice("laki-laki", "Laki-laki"),)),
    Field("tanggal_lahir", "Tanggal lahir", FieldKind.DATE),
    Field("alamat", "Alamat", FieldKind.LONG_TEXT),
    Field("daerah_asal", "Kabupaten atau kota asal", FieldKind.REGION),
    Field("telepon", "Telepon"),
    Field("nik", "NIK"),
]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Nama Lengkap", "nama"),
        ("NAMA LENGKAP*", "nama"),
        ("No. Paspor", "nomor_paspor"),
        ("Nomer Pasport", "nomor_paspor"),
        ("L/P", "jenis_kelamin"),
        ("JK", "jenis_kelamin"),
        ("Tgl Lahir", "tanggal_lahir"),
        ("Tangal Lahir", "tanggal_lahir"),
        ("Alamat asal", "alamat"),
        ("Kab/Kota", "daerah_asal"),
        ("Alamat Kab/Kota", "daerah_asal"),
        ("No. HP", "telepon"),
        ("No KTP", "nik"),
        ("Nama Ayah", ""),
        ("No", ""),
        ("Umur", ""),
    ],
)
def test_a_heading_is_known_by_what_offices_write(heading: str, name: str) -> None:
    assert match_columns([heading], KNOWN) == (name,)


def test_no_question_is_proposed_for_two_columns() -> None:
    assert match_columns(["Nama Lengkap", "Nama"], KNOWN) == ("nama", "")


@pytest.mark.parametrize(
    ("kind", "cell", "answer"),
    [
        (FieldKind.DATE, "12/03/1994", "1994-03-12"),
        (FieldKind.DATE, "12 Mar 1994", "1994-03-12"),
        (FieldKind.DATE, "12 Agustus 1994", "1994-08-12"),
        (FieldKind.DATE, "12-Agt-1994", "1994-08-12"),
        (FieldKind.DATE, "1994-03-12 00:00", "1994-03-12"),
        (FieldKind.DATE, "34405", "1994-03-12"),
        (FieldKind.YES_NO, "Ya", "yes"),
        (FieldKind.YES_NO, "tdk", "no"),
        (FieldKind.MONEY, "Rp 5.000.000,-", "5000000"),
        (FieldKind.MONEY, "5,000,000", "5000000"),
        (FieldKind.REGION, "Kab. Lombok Timur", "52.03"),
        (FieldKind.REGION, "lombok timur", "52.03"),
        (FieldKind.REGION, "Kota Mataram", "52.71"),
        (FieldKind.VILLAGE, "35.07.11.2003", "35.07.11.2003"),
        (FieldKind.VILLAGE, "3507112003", "35.07.11.2003"),
        (FieldKind.COUNTRY, "Malaysia", "MY"),
        (FieldKind.COUNTRY, "Arab Saudi", "SA"),
        (FieldKind.TEXT, " - ", ""),
        (FieldKind.LIST, "paspor; dompet", ["paspor", "dompet"]),
    ],
)
def test_a_cell_is_read_as_people_write_it(kind: FieldKind, cell: str, answer: object) -> None:
    assert read_cell(Field("x", "X", kind), cell) == answer


@pytest.mark.parametrize(
    ("name", "cell", "answer"),
    [
        ("jenis_kelamin", "P", "perempuan"),
        ("jenis_kelamin", "Lk.", "laki-laki"),
        ("nik", "9912 3456 7890 1234", "9912345678901234"),
        ("telepon", "81234567890", "081234567890"),
        ("telepon", "+62 812-3456-7890", "+6281234567890"),
    ],
)
def test_numbers_and_signs_of_a_person_are_read_by_their_question(name: str, cell: str, answer: str) -> None:
    assert read_cell(Field(name, name), cell) == answer


@pytest.mark.parametrize(
    ("name", "kind", "cell"),
    [
        ("nik", FieldKind.TEXT, "9.91235E+15"),
        ("nik", FieldKind.TEXT, "9,91235E+15"),
        ("nik", FieldKind.TEXT, "12345"),
        ("telepon", FieldKind.TEXT, "123"),
        ("x", FieldKind.DATE, "12/03/94"),
        ("x", FieldKind.DATE, "03/25/1994"),
        ("x", FieldKind.DATE, "1987"),
        ("x", FieldKind.DATE, "31 Feb 1994"),
        ("x", FieldKind.YES_NO, "mungkin"),
        ("x", FieldKind.REGION, "Kota Antah Berantah"),
        ("x", FieldKind.REGION, "Bandung"),
        ("x", FieldKind.VILLAGE, "Sumberpetung"),
        ("x", FieldKind.VILLAGE, "99.07.11.2003"),
        ("x", FieldKind.VILLAGE, "36.03.11"),
        ("x", FieldKind.MONEY, "5 juta"),
        ("jenis_kelamin", FieldKind.CHOICE, "?!"),
    ],
)
def test_a_cell_that_could_mean_two_things_or_none_is_refused_without_saying_what_stood_there(
    name: str, kind: FieldKind, cell: str
) -> None:
    with pytest.raises(CellNotRead) as refused:
        read_cell(Field(name, name, kind), cell)

    assert cell not in str(refused.value)


def test_a_spreadsheets_count_of_days_is_that_of_its_first_year() -> None:
    assert read_cell(Field("x", "X", FieldKind.DATE), "44927") == date(2023, 1, 1).isoformat()
