"""Files that break, lie or swell: each is refused in a sentence that says what to do, and none costs more than it holds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from sop_catalog.errors import NotATable
from sop_catalog.registers import posts
from sop_catalog.sheets.reading import read_sheet, read_text, understand
from sop_catalog.sheets.reading.files import SHEET_BYTES
from sop_catalog.sheets.reading.grid import MOST_MARKS, MOST_ROWS, MOST_TEXT, from_json
from tests.sop_catalog.sheets.reading.office_sheets import STEPS, shapes, ticked
from tests.sop_catalog.sheets.reading.test_office_sheets import PROCEDURE
from tests.sop_catalog.sheets.reading.writing import FOUR, UNDER, Shape, Sheet, document, drawing, replaced, workbook

WHOLE = workbook(Sheet([FOUR, UNDER, *STEPS], shapes=shapes(2)))
PAPER = document([FOUR, UNDER, *ticked()])
PAGE = "xl/worksheets/sheet1.xml"


def part(package: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return opened.read(name)


def changed(package: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    return replaced(package, {name: change(part(package, name))})


def bomb() -> bytes:
    return replaced(WHOLE, {PAGE: part(WHOLE, PAGE) + b" " * 30_000_000})


def entities(text: bytes) -> bytes:
    head, _, rest = text.partition(b"?>")
    lols = b'<!DOCTYPE lol [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return head + b"?>" + lols + rest


def many_parts() -> bytes:
    return replaced(WHOLE, {f"xl/media/{at}.xml": b"x" for at in range(2001)})


def other_zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as written:
        written.writestr("foto.txt", "x")
    return made.getvalue()


def far_cell(text: bytes) -> bytes:
    return text.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def rotten() -> bytes:
    """A workbook whose table was damaged where it lies packed."""
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as opened:
        at = opened.getinfo(PAGE).header_offset + 30 + len(PAGE)
    return WHOLE[: at + 5] + b"\xff" * 50 + WHOLE[at + 55 :]


def packed_otherwise() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA) as new:
        for each in old.namelist():
            new.writestr(each, old.read(each))
    return made.getvalue()


BROKEN = "This is no office file, or it is broken."
HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "There is nothing in it."),
    "blank": (b" \n \n", "There is nothing in it."),
    "too heavy": (b"a" * (SHEET_BYTES + 1), "It weighs more than 5 MB."),
    "no zip": (b"PK\x03\x04" + b"rubbish" * 40, BROKEN),
    "half a workbook": (WHOLE[: len(WHOLE) // 2], BROKEN),
    "half a document": (PAPER[: len(PAPER) // 2], BROKEN),
    "rotten": (rotten(), BROKEN),
    "packed otherwise": (packed_otherwise(), BROKEN),
    "another zip": (other_zip(), "This is neither a workbook (XLSX) nor a document (DOCX)."),
    "swells": (bomb(), "It is too large when it is unpacked."),
    "many parts": (many_parts(), "It is too large when it is unpacked."),
    "entities": (changed(WHOLE, PAGE, entities), "Its XML declares a document type"),
    "broken part": (changed(WHOLE, PAGE, lambda text: text[:-20]), BROKEN),
    "broken drawing": (changed(WHOLE, "xl/drawings/drawing1.xml", lambda _: b"<wsDr"), BROKEN),
    "coordinates": (changed(WHOLE, "xl/drawings/drawing1.xml", lambda text: text.replace(b"<xdr:row>2", b"<xdr:row>x2")), BROKEN),
    "far cell": (changed(WHOLE, PAGE, far_cell), "It has more than 500 rows or 60 columns."),
    "many rows": (workbook(Sheet([FOUR, UNDER, *[STEPS[0]] * MOST_ROWS])), "It has more than 500 rows or 60 columns."),
    "many columns": (workbook(Sheet([(*FOUR, *["x"] * 60), UNDER])), "It has more than 500 rows or 60 columns."),
    "many shapes": (replaced(WHOLE, {"xl/drawings/drawing1.xml": drawing(Sheet([], shapes=[Shape()] * (MOST_MARKS + 1)))}), "There are more than 2000 shapes on it."),
    "span": (changed(PAPER, "word/document.xml", lambda text: text.replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="many"/>', 1)), BROKEN),
    "wide span": (changed(PAPER, "word/document.xml", lambda text: text.replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="999999999"/>', 1)), "It has more than 500 rows or 60 columns."),
    "long cell": (workbook(Sheet([FOUR, UNDER, (1, "a" * 10_001, "v")])), "One cell holds more than 10000 characters."),
    "old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Save it as XLSX, DOCX or CSV first"),
    "print": (b"%PDF-1.7", "Save it as XLSX, DOCX or CSV first"),
    "no table": (b"nama;alamat\nA;B\n", "No table has a row of headings"),
    "no table in a workbook": (workbook(Sheet([("nama", "alamat")])), "No worksheet has a row of headings"),
    "no table in a document": (document([("nama", "alamat")]), "No table has a row of headings"),
    "two SOPs": (document([FOUR, UNDER, *ticked()], [FOUR, UNDER, *ticked()]), "Another table of steps begins in row 10."),
    "other performers": (document([FOUR, UNDER, *ticked()], [FOUR, (*UNDER[:2], "Psikolog", *UNDER[3:]), *ticked()[3:]]), "Another table of steps begins in row 8."),
    "two tables": (workbook(Sheet([FOUR, UNDER, *ticked()], name="Satu"), Sheet([FOUR, UNDER, *ticked()], name="Dua")), "Several worksheets hold a table of steps: Satu, Dua."),
}  # fmt: skip
"""What it is → its bytes, and how the sentence begins."""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_none_of_ours_is_refused_in_a_sentence(name: str) -> None:
    content, sentence = HOSTILE[name]

    with pytest.raises(NotATable) as refused:
        understand(read_sheet(content, "lembar"), PROCEDURE, posts())

    assert refused.value.findings[0].sentence().startswith(sentence)


def test_one_of_several_worksheets_is_read_by_its_name() -> None:
    content = HOSTILE["two tables"][0]

    assert read_sheet(content, "lembar", "dua") == read_sheet(workbook(Sheet([FOUR, UNDER, *ticked()])))


def test_a_quotation_mark_that_is_never_closed_swallows_no_table() -> None:
    with pytest.raises(NotATable, match=r"quotation mark|characters"):
        read_text('No;"' + "a;" * 70_000)


def test_a_pasted_text_has_an_end() -> None:
    with pytest.raises(NotATable, match="longer than"):
        read_text("a\tb\n" * MOST_TEXT)


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "[]",
        "{}",
        "null",
        "[" * 100_000,
        '{"rows": [["a"]], "marks": [[0, 0, "star", 1, ""]], "arrows": [], "loose": 0, "unread": 0, "own": null}',
        '{"rows": 7, "marks": [], "arrows": [], "loose": 0, "unread": 0, "own": null}',
        '{"rows": [["a"]], "marks": [], "arrows": [], "loose": "x", "unread": 0, "own": null}',
        '{"rows": [["a"]], "marks": [], "arrows": [], "loose": Infinity, "unread": 0, "own": null}',
    ],
)
def test_what_a_page_carries_is_read_as_something_from_outside(sent: str) -> None:
    with pytest.raises(NotATable, match="changed on the way"):
        from_json(sent)


@pytest.mark.parametrize(
    "own",
    [
        '"x"',
        "[1]",
        '["c3-m05-02", [["a", "process", "", Infinity, []]]]',
        '["c3-m05-02", [["a", "star", "", 1, []]]]',
        '["../x", []]',
        "[[], {}]",
    ],
)
def test_what_a_sheet_says_of_itself_counts_for_nothing_where_it_does_not_fit(own: str) -> None:
    sent = f'{{"rows": [["a"]], "marks": [], "arrows": [], "loose": 0, "unread": 0, "own": {own}}}'

    assert from_json(sent).own is None


def test_a_shape_that_lies_on_no_row_is_on_no_cell() -> None:
    grid = from_json('{"rows": [["a"]], "marks": [[-9, 0, "process", 1, "x"]], "arrows": [], "loose": 0, "unread": 0, "own": null}')  # fmt: skip

    assert grid.cell(grid.marks[0].row, 0) == ""


def test_a_number_that_nobody_counted_to_is_the_place_of_the_row() -> None:
    grid = read_text(f"No\tKegiatan\tPelaksana\tWaktu\n{'9' * 5000}\tMerapatkan\tPsikolog\t1 jam kerja\n")

    assert [each.number for each in understand(grid, PROCEDURE, posts()).lines] == [1]
