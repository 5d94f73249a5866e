"""The sheet for a spreadsheet: cells that can be edited, and shapes that lie on the performers' columns."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from sop_catalog.sheets.form import Form, Symbol
from sop_catalog.sheets.printing import write_xlsx
from tests.sop_catalog.sheets.printing.shapes import SHAPES, ladder

XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
KINDS = {
    Symbol.TERMINATOR: "flowChartTerminator",
    Symbol.PROCESS: "flowChartProcess",
    Symbol.DECISION: "flowChartDecision",
}


def drawing(form: Form) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(write_xlsx(form))) as parts:
        return etree.fromstring(parts.read("xl/drawings/drawing1.xml"))


def anchors(root: etree._Element) -> dict[str, etree._Element]:
    """Name of a shape or an arrow → where it is anchored."""
    return {each.get("name", ""): anchor for anchor in root for each in anchor.iter(f"{XDR}cNvPr")}


def corner(anchor: etree._Element, end: str, what: str) -> int:
    return int(anchor.findtext(f"{XDR}{end}/{XDR}{what}") or "")


def test_every_symbol_is_a_shape_of_its_kind_in_its_performers_column_and_its_row() -> None:
    form = ladder()
    cells = CalamineWorkbook.from_filelike(io.BytesIO(write_xlsx(form))).get_sheet_by_name("SOP").to_python()
    columns = [each.key for each in form.performers]

    found = anchors(drawing(form))

    for row in form.rows:
        shape = found[f"row:{row.id}"]
        place = 2 + columns.index(row.performer)
        assert corner(shape, "from", "col") == corner(shape, "to", "col") == place, row.id
        at = corner(shape, "from", "row")
        assert at == corner(shape, "to", "row")
        assert cells[at][1] == row.activity
        preset = next(shape.iter(f"{A}prstGeom")).get("prst")
        assert preset == KINDS[row.symbol]


def test_arrows_hold_on_to_the_symbols_at_their_ends() -> None:
    found = anchors(drawing(ladder()))
    ids = {name: next(anchor.iter(f"{XDR}cNvPr")).get("id") for name, anchor in found.items()}

    arrow = found["way:l1:l2"]

    assert next(arrow.iter(f"{A}stCxn")).get("id") == ids["row:l1"]
    assert next(arrow.iter(f"{A}endCxn")).get("id") == ids["row:l2"]


def test_every_way_of_every_row_is_an_arrow() -> None:
    form = SHAPES["loops"]()

    found = anchors(drawing(form))

    assert {f"way:{row.id}:{way.to}" for row in form.rows for way in row.ways} <= set(found)


@pytest.mark.parametrize(
    "name", ["crowded", "long-texts", "unicode", "empty-cells", "no-lanes", "nothing-drawn", "whole-identity"]
)
def test_a_strange_form_is_a_sound_workbook(name: str) -> None:
    made = write_xlsx(SHAPES[name]())

    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        for each in parts.namelist():
            etree.fromstring(parts.read(each))
        shapes = etree.fromstring(parts.read("xl/drawings/drawing1.xml"))
    numbers = [each.get("id") for each in shapes.iter(f"{XDR}cNvPr")]
    assert len(numbers) == len(set(numbers))
    assert CalamineWorkbook.from_filelike(io.BytesIO(made)).sheet_names[0] == "SOP"
