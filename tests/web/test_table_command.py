"""`lajur table`: the table of a drawing, ready to be typed on and drawn again."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from engine.notation import read
from sop_catalog.diagram.extension import read_procedure
from sop_catalog.sheets.forming import form_of
from sop_catalog.sheets.printing import write
from sop_catalog.sheets.shelf import Shelf
from sop_catalog.sheets.toml_reader import read_toml
from tests.sop_catalog.sheets.reading.office_sheets import OFFICES
from web.cli import main
from web.version import ROOT


def test_the_table_of_a_code_is_written_to_the_screen() -> None:
    said = CliRunner().invoke(main, ["table", "C3-M05-02"])

    assert said.exit_code == 0, said.output
    assert read_toml(said.output).procedure.code == "c3-m05-02"


def test_a_table_that_is_written_is_drawn_again_under_its_own_name(tmp_path: Path) -> None:
    file = next((ROOT / "bpmn").rglob("c3-m05-02-*.bpmn"))
    table = tmp_path / "table.toml"

    written = CliRunner().invoke(main, ["table", str(file), "--into", str(table)])
    drawn = CliRunner().invoke(main, ["draw", str(table), "--into", str(tmp_path)])

    assert (written.exit_code, drawn.exit_code) == (0, 0), drawn.output
    assert [each.name for each in tmp_path.rglob("*.bpmn")] == [file.name]


def test_what_a_table_cannot_say_is_named_by_element_and_line(tmp_path: Path) -> None:
    file = next((ROOT / "bpmn").rglob("c3-m05-02-*.bpmn"))
    strange = tmp_path / "strange.bpmn"
    strange.write_bytes(file.read_bytes().replace(b'isExecutable="true"', b'isExecutable="true" isClosed="true"'))

    said = CliRunner().invoke(main, ["table", str(strange)])

    assert said.exit_code == 1
    assert "c3-m05-02" in said.output


def test_a_code_that_nobody_drew_is_said_in_a_sentence() -> None:
    said = CliRunner().invoke(main, ["table", "c9-m99"])

    assert said.exit_code == 1
    assert "no drawing with that code" in said.output


def test_what_a_sheet_leaves_open_is_told_row_by_row_and_nothing_is_written(tmp_path: Path) -> None:
    sheet = tmp_path / "lembar.txt"
    sheet.write_bytes(OFFICES["two-marks.txt"])

    said = CliRunner().invoke(main, ["table", str(sheet), "--code", "c3-m05-91", "-o", str(tmp_path / "sop.bpmn")])

    assert said.exit_code == 1
    assert "row 3: Who does “Rapat pembahasan”? The sheet marks 2 performers in this row." in said.output
    assert "--answer who-3=psikolog" in said.output
    assert "2 steps understood, 2 questions open." in said.output
    assert not (tmp_path / "sop.bpmn").exists()


def test_once_all_is_answered_a_sheet_is_drawn(tmp_path: Path) -> None:
    sheet, drawn = tmp_path / "lembar.txt", tmp_path / "sop.bpmn"
    sheet.write_bytes(OFFICES["two-marks.txt"])
    answers = ["--answer", "who-3=psikolog", "--answer", "who-4=kepala-bp3mi", "--title", "Rapat", "--official"]

    said = CliRunner().invoke(main, ["table", str(sheet), "--code", "c3-m05-91", "-o", str(drawn), *answers])

    assert said.exit_code == 0, said.output
    procedure = read_procedure(read(drawn.read_bytes()).processes[0])
    assert (procedure.title, procedure.sheet.status) == ("Rapat", "resmi")


def test_a_sheet_that_was_printed_here_knows_its_code_and_leaves_nothing_open(tmp_path: Path) -> None:
    shelf = Shelf(ROOT / "bpmn")
    drawing = shelf.drawing("c3-m05-02")
    assert drawing is not None
    sheet = tmp_path / "lembar.docx"
    sheet.write_bytes(write(form_of(drawing, titles=shelf.titles_for(drawing)), "docx"))

    said, written = (CliRunner().invoke(main, ["table", each]) for each in (str(sheet), "c3-m05-02"))

    assert said.exit_code == 0, said.output
    assert said.output == written.output


def test_a_sheet_without_a_code_asks_for_one(tmp_path: Path) -> None:
    sheet = tmp_path / "lembar.csv"
    sheet.write_bytes(OFFICES["one-column.csv"])

    said = CliRunner().invoke(main, ["table", str(sheet)])

    assert said.exit_code == 1
    assert "--code" in said.output
