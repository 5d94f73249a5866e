"""`lajur sheet`: one SOP in three formats, the book of an area, and what it says when it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from python_calamine import CalamineWorkbook

from web.cli import main
from web.version import ROOT

BEGINS = {"pdf": b"%PDF-1.7", "docx": b"PK", "xlsx": b"PK"}


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["sheet", *words])


@pytest.mark.parametrize("kind", BEGINS)
def test_a_sheet_is_written_under_its_code(kind: str, tmp_path: Path) -> None:
    said = run("C3-M05-02", "--format", kind, "--into", str(tmp_path))

    assert said.exit_code == 0, said.output
    assert said.output.strip() == str(tmp_path / f"c3-m05-02.{kind}")
    assert (tmp_path / f"c3-m05-02.{kind}").read_bytes().startswith(BEGINS[kind])


def test_what_no_drawing_knows_is_said_and_stands_on_the_sheet(tmp_path: Path) -> None:
    signed = ("--number", "017/OT.02/2026", "--effective", "2026-11-22", "--signed-by", "Kepala", "Nama Karangan", "99")

    run("c3-m05-02", "--format", "xlsx", "--into", str(tmp_path), *signed)

    cells = CalamineWorkbook.from_path(str(tmp_path / "c3-m05-02.xlsx")).get_sheet_by_name("SOP").to_python()
    said = {str(each) for row in cells for each in row}
    assert {"017/OT.02/2026", "22 November 2026", "Kepala\n\n\n\nNama Karangan\nNIP 99"} <= said


def test_a_file_of_ones_own_is_printed(tmp_path: Path) -> None:
    file = next((ROOT / "bpmn").rglob("c3-m05-02-*.bpmn"))
    own = tmp_path / "draft.bpmn"
    own.write_bytes(file.read_bytes())

    said = run(str(own), "--into", str(tmp_path))

    assert said.exit_code == 0, said.output
    assert (tmp_path / "c3-m05-02.pdf").is_file()


def test_the_book_of_an_area_is_one_file(tmp_path: Path) -> None:
    said = run("--all", "--area", "c2", "--on", "2026-11-22", "--into", str(tmp_path))

    assert said.exit_code == 0, said.output
    assert [each.name for each in tmp_path.iterdir()] == ["sop-c2.pdf"]


def test_a_book_in_volumes_is_several_files(tmp_path: Path) -> None:
    said = run("--all", "--area", "s11", "--volume", "5", "--into", str(tmp_path))

    assert said.exit_code == 0, said.output
    assert sorted(each.name for each in tmp_path.iterdir()) == [f"sop-s11-{number}.pdf" for number in range(1, 7)]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ((), "Say which SOP"),
        (("c9-m99",), "No diagram of c9-m99 lies below"),
        (("--all", "--area", "C9"), "No diagram of C9 lies below"),
        (("--all", "--format", "docx"), "PDF is its only format"),
        (("--all", "c3-m05"), "takes no CODE"),
    ],
)
def test_what_cannot_be_printed_is_said_in_a_sentence(words: tuple[str, ...], wanted: str, tmp_path: Path) -> None:
    said = run(*words, "--into", str(tmp_path))

    assert said.exit_code != 0
    assert isinstance(said.exception, SystemExit)
    assert wanted in said.output


def test_a_file_that_is_no_drawing_is_said_in_a_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "broken.bpmn"
    broken.write_text("<definitions")

    said = run(str(broken), "--into", str(tmp_path))

    assert said.exit_code == 1
    assert isinstance(said.exception, SystemExit)
