"""The sheet for a word processor: tables that can be edited, and symbols that are shapes in the rows they belong to."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.enum.section import WD_ORIENT
from docx.table import Table
from lxml import etree

from sop_catalog.sheets.form import Form
from sop_catalog.sheets.printing import write_docx
from sop_catalog.sheets.printing.measuring import planned
from tests.sop_catalog.sheets.printing.shapes import SHAPES, ladder

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def opened(form: Form) -> Opened:
    return Document(io.BytesIO(write_docx(form)))


def shapes(table: Table) -> dict[str, int]:
    """Name → in which row of its table it is anchored."""
    return {shape.get("name", ""): at for at, row in enumerate(table.rows) for shape in row._tr.iter(f"{WP}docPr")}


def test_there_is_a_table_for_the_identity_and_one_for_each_page() -> None:
    found = opened(ladder())

    assert len(found.tables) == 1 + len(planned([ladder()])[0].pages)
    assert found.sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert found.tables[0].cell(5, 2).text == "TANGGA KEPUTUSAN"


def test_every_table_has_the_head_that_is_repeated() -> None:
    for table in opened(ladder()).tables[1:]:
        assert [each.text for each in table.rows[0].cells][:3] == ["No.", "Kegiatan", "Pelaksana"]
        assert [each.text for each in table.rows[1].cells][2:5] == [each.name for each in ladder().performers]
        assert [len(list(row._tr.iter(f"{W}tblHeader"))) for row in table.rows][:3] == [1, 1, 0]


def test_every_symbol_is_a_shape_anchored_in_the_row_of_its_activity() -> None:
    form = ladder()

    told = {}
    for table in opened(form).tables[1:]:
        for name, at in shapes(table).items():
            if name.startswith("row:"):
                told[name.removeprefix("row:")] = table.rows[at].cells[1].text

    assert told == {each.id: each.activity for each in form.rows}


@pytest.mark.parametrize("name", ["crowded", "long-texts", "unicode", "empty-cells", "no-lanes", "nothing-drawn"])
def test_a_strange_form_is_a_sound_document(name: str) -> None:
    made = write_docx(SHAPES[name]())

    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert parts.testzip() is None
        for each in parts.namelist():
            if each.endswith((".xml", ".rels")):
                etree.fromstring(parts.read(each))
    numbers = [each.get("id") for each in Document(io.BytesIO(made)).element.iter(f"{WP}docPr")]
    assert len(numbers) == len(set(numbers))
