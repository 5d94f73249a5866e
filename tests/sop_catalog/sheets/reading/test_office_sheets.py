"""What is understood of sheets in the manner of Indonesian offices, and what is asked: pinned, sheet by sheet."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from engine.notation import read, write
from sop_catalog.procedure import Level, Procedure, Sheet
from sop_catalog.registers import posts
from sop_catalog.sheets.draw import draw
from sop_catalog.sheets.from_drawing import table_from
from sop_catalog.sheets.reading import Understood, read_sheet, read_text, understand
from sop_catalog.sheets.reading.performers import OUTSIDE
from sop_catalog.sheets.reading.remarking import ways_said
from sop_catalog.sheets.table import PoolRow
from tests.sop_catalog.sheets.reading.office_sheets import OFFICES
from tests.sop_catalog.sheets.reading.writing import Row, replaced, text

KEPT = Path(__file__).parent / "office"
PROCEDURE = Procedure("c3-m05-91", "Percobaan", Sheet(level=Level.MICRO, area="C3"))


def told(found: Understood) -> str:
    """What was understood, line by line, then what is asked, then what was left aside."""
    lines = [
        f"{each.row}: {each.number}. {each.activity} [{each.performer or '?'}] needs {'; '.join(each.requirements) or '-'}; "
        f"{f'{each.allowance.amount:g} {each.allowance.clock}' if each.allowance else '?'}; gives {each.output or '-'}"
        + "".join(f"; {answer or 'then'} -> {to or '?'}" for answer, to in each.ways)
        for each in found.lines
    ]
    asked = [
        f"? {each.key} ({each.column}, {len(each.choices)} choices): {each.what.format(**each.facts)}"
        for each in found.questions
    ]
    return "\n".join([*lines, *asked, *(f"aside: {each}" for each in found.aside), f"title: {found.title}"]) + "\n"


@pytest.mark.parametrize("name", OFFICES)
def test_what_is_understood_and_what_is_asked_stays_as_it_is(name: str) -> None:
    kept = KEPT / f"{name}.told"

    found = told(understand(read_sheet(OFFICES[name], name), PROCEDURE, posts()))

    assert found == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", OFFICES)
def test_once_every_question_is_answered_there_is_a_table(name: str) -> None:
    grid = read_sheet(OFFICES[name], name)
    answers: dict[str, str] = {}
    for _ in range(4):
        found = understand(grid, PROCEDURE, posts(), answers)
        answers |= {each.key: each.choices[0][0] if each.choices else "2 hari kerja" for each in found.open}

    assert found.open == ()
    assert found.table is not None, found.complaints
    assert len(found.table.steps) in {len(found.lines), len(found.lines) - 1}


def test_what_somebody_outside_the_agency_does_is_recorded_by_an_officer() -> None:
    grid = read_sheet(OFFICES["outsider.xlsx"], "lembar")
    answers = {"post-pemohon": OUTSIDE}

    asked = [each.key for each in understand(grid, PROCEDURE, posts(), answers).open]
    answers |= dict.fromkeys(asked, "petugas-helpdesk")
    table = understand(grid, PROCEDURE, posts(), answers).table

    assert asked == ["records-3", "records-5"]
    assert table is not None
    assert table.pools == (PoolRow("pemohon", "Pemohon"),)
    assert [each.talks_to for each in table.steps] == ["pemohon", "", "pemohon"]
    assert table_from(read(write(draw(table)))) == table


def test_a_step_that_is_worded_like_a_heading_or_a_capsule_is_no_less_a_step() -> None:
    rows: list[Row] = [
        ("No", "Kegiatan", "Pelaksana", "Kelengkapan", "Waktu", "Output"),
        ("1.", "Kegiatan sosialisasi", "Petugas Helpdesk", "Materi", "2 jam kerja", "Hasil sosialisasi"),
        ("2.", "Tahap wawancara", "Psikolog", "Berkas", "1 jam kerja", "Catatan"),
        ("", "Mulai menyusun laporan", "Psikolog", "Catatan", "1 hari kerja", "Laporan"),
    ]

    found = understand(read_text(text(rows)), PROCEDURE, posts())

    assert [each.activity for each in found.lines] == [each[1] for each in rows[1:]]


@pytest.mark.parametrize("name", ["shapes-tied.xlsx", "ticks.docx"])
def test_a_file_that_was_saved_as_strict_open_xml_is_read_alike(name: str) -> None:
    usual, strict = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    kinds = (b"spreadsheetml", b"wordprocessingml", b"drawingml", b"officeDocument")
    with zipfile.ZipFile(io.BytesIO(OFFICES[name])) as package:
        parts = {each: package.read(each) for each in package.namelist()}
    for part, content in parts.items():
        for kind in kinds:
            content = content.replace(usual + kind + b"/2006/", strict + kind + b"/")  # noqa: PLW2901
        parts[part] = content
    assert any(strict in each for each in parts.values())

    assert read_sheet(replaced(OFFICES[name], parts), name) == read_sheet(OFFICES[name], name)


@pytest.mark.parametrize(
    ("note", "ways"),
    [
        ("Ya: ke langkah 4, tidak: kembali ke langkah 2", [("ya", "4"), ("tidak", "2")]),
        ("Jika Ya lanjut ke no. 5; jika tidak selesai", [("ya", "5"), ("tidak", None)]),
        ("Bila disetujui lanjut ke 5, bila ditolak kembali ke 2", [("disetujui", "5"), ("ditolak", "2")]),
        ("Tidak perlu lampiran", []),
        ("Ya, dalam 3 hari", []),
        ("Bila hujan ditunda", []),
    ],
)
def test_where_a_decision_leads_is_read_from_remarks_that_say_it(note: str, ways: list[tuple[str, str | None]]) -> None:
    assert list(ways_said(note)) == ways


def test_every_sheet_that_is_kept_is_read() -> None:
    assert {each.name.removesuffix(".told") for each in KEPT.iterdir()} == set(OFFICES)
