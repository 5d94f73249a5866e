"""Draws SOP tables: `python -m sop_catalog.sheets.draw TABLE.toml … --into bpmn/ [--svg DIR]`.

A `.bpmn` file in place of a table is laid out anew.

The same table always gives the same file, to the byte. Tables that do not fit are all reported, and none of them is drawn.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.notation import Definitions, read, write
from sop_catalog.diagram.drawing import draw_svg
from sop_catalog.diagram.extension import read_procedure
from sop_catalog.diagram.layout import layout
from sop_catalog.errors import NotATable
from sop_catalog.procedure import Level, Procedure, area_of, level_of
from sop_catalog.registers import posts
from sop_catalog.sheets.elements import to_definitions
from sop_catalog.sheets.folders import others_of, place_of
from sop_catalog.sheets.table import Table
from sop_catalog.sheets.toml_reader import read_toml


@dataclass(frozen=True, slots=True)
class Drawn:
    """One table as a laid-out drawing."""

    procedure: Procedure
    drawing: Definitions


def draw(table: Table, file: str = "table") -> Definitions:
    """Make the laid-out drawing of a table, its lanes named as the register of posts names them. Raises NotATable."""
    return layout(to_definitions(table, {each.code: each.name for each in posts()}, file))


def new_drawing(code: str, title: str) -> bytes:
    """Make the file that a new procedure begins from: one lane, one step, an end."""
    named = json.dumps(title, ensure_ascii=False)
    return write(draw(read_toml(_NEW.format(code=code, title=named, level=level_of(code), area=area_of(code)))))


_NEW = """
code = "{code}"
title = {title}
kind = "{level}"
area = "{area}"
owner = "BP3MI"
nature = "administratif"
scope = "final"
generality = "spesifik"
promised = "1 working-days"
legal = ["UU 18/2017 | Pasal 8"]

[[lane]]
post = "pengelola-kasus"

[[step]]
id = "langkah_pertama"
lane = "pengelola-kasus"
name = "Melakukan langkah pertama"
do = "Tulis apa yang dikerjakan petugas."
time = "1 working-hours"
needs = ["Berkas"]
output = "Hasil langkah"
"""


def draw_files(tables: Iterable[Path]) -> tuple[list[Drawn], list[NotATable]]:
    """Draw every table that can be drawn, and keep the refusals of the others. Raises NotReadable for a broken drawing."""
    drawn, refused = [], []
    for path in tables:
        try:
            drawn.append(_again(path) if path.suffix == ".bpmn" else _from_table(path))
        except NotATable as refusal:
            refused.append(refusal)
    return drawn, refused


def _from_table(path: Path) -> Drawn:
    table = read_toml(path.read_text(encoding="utf-8"), str(path))
    return Drawn(table.procedure, draw(table, str(path)))


def _again(path: Path) -> Drawn:
    """Lay out a drawing anew; what it says stays as it is. Raises NotReadable."""
    drawing = read(path.read_bytes())
    runs = [each for each in drawing.processes if each.executable] or drawing.processes
    return Drawn(read_procedure(runs[0]), layout(drawing))


def store(drawn: Sequence[Drawn], root: Path) -> list[Path]:
    """Write drawings to their places under a root, each in place of one of the same code under an older title."""
    titles = {each.procedure.code: each.procedure.title for each in drawn if each.procedure.sheet.level is Level.MACRO}
    written = []
    for each in drawn:
        file = place_of(each.procedure, root, titles)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(write(each.drawing))
        for older in others_of(each.procedure.code, file):
            older.unlink()
        written.append(file)
    return written


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the tables named on the command line; return 1 if one of them does not fit."""
    parser = argparse.ArgumentParser(prog="draw", description="Draw SOP tables (TOML) as BPMN files.")
    parser.add_argument("tables", nargs="+", type=Path, help="SOP tables (TOML), or drawings to be laid out anew")
    parser.add_argument("--into", type=Path, help="the folder of diagrams, such as bpmn/")
    parser.add_argument("--svg", type=Path, help="also write a picture of each into this folder")
    given = parser.parse_args(arguments)
    drawn, refused = draw_files(given.tables)
    for refusal in refused:
        for finding in refusal.findings:
            sys.stderr.write(f"{refusal.facts['file']}: {finding.element or 'file'}: {finding.sentence()}\n")
    if refused and given.into:
        return 1
    for file in store(drawn, given.into) if given.into else ():
        sys.stdout.write(f"{file}\n")
    if given.svg:
        given.svg.mkdir(parents=True, exist_ok=True)
        for each in drawn:
            (given.svg / f"{each.procedure.code}.svg").write_text(draw_svg(each.drawing), encoding="utf-8")
    return 1 if refused else 0


if __name__ == "__main__":
    raise SystemExit(main())
