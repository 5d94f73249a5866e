"""`lajur table`: the table of a drawing, ready to be typed on and drawn again."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from sop_catalog.sheets.toml_reader import read_toml
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
