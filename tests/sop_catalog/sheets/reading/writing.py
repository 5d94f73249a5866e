"""Writes sheets as offices write them: cells, merged headings, and flow shapes laid over the cells by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from docx import Document
from docx.oxml import parse_xml

Row = Sequence[str | float]
_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_CELL = (609600, 190500)
"""Width and height of a cell that nobody changed."""
FOUR = ("No", "Kegiatan", "Pelaksana", "", "", "Mutu Baku", "", "", "Keterangan")
UNDER = ("", "", "Pengelola Kasus", "Psikolog", "Kepala BP3MI", "Kelengkapan", "Waktu", "Output", "")
"""Headings over two rows, as the form has them."""


@dataclass
class Shape:
    """A shape on a cell, or an arrow between two (by their places in the list, None where it is tied to nothing)."""

    row: int = 0
    column: int = 0
    kind: str = "flowChartProcess"
    ends: tuple[int | None, int | None] | None = None


@dataclass
class Sheet:
    """One worksheet."""

    rows: Sequence[Row]
    name: str = "SOP"
    shapes: Sequence[Shape] = ()
    grouped: bool = False
    hidden: bool = False
    merged: Sequence[tuple[int, int, int, int]] = ()


def workbook(*sheets: Sheet) -> bytes:
    """Write a workbook; shapes are those of the first worksheet."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    for each in sheets:
        sheet = book.add_worksheet(each.name)
        for at, row in enumerate(each.rows):
            for column, text in enumerate(row):
                if text != "":
                    sheet.write(at, column, text)
        for top, left, bottom, right in each.merged:
            sheet.merge_range(top, left, bottom, right, str(each.rows[top][left]))
        if each.shapes:
            sheet.insert_textbox(0, 0, "", {"width": 1, "height": 1})
        if each.hidden:
            sheet.hide()
    book.close()
    return replaced(made.getvalue(), {"xl/drawings/drawing1.xml": drawing(sheets[0])} if sheets[0].shapes else {})


def replaced(package: bytes, parts: dict[str, bytes]) -> bytes:
    """Put other parts in place of those of a package."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            new.writestr(each.filename, parts.pop(each.filename, b"") or old.read(each))
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


def drawing(sheet: Sheet) -> bytes:
    """The drawing part: each shape anchored on its cell, or all of them in one group."""
    parts = [_shape(at, each, grouped=sheet.grouped) for at, each in enumerate(sheet.shapes)]
    if sheet.grouped:
        right = max(each.column for each in sheet.shapes) + 1
        below = max(each.row for each in sheet.shapes) + 1
        box = f'<a:off x="0" y="0"/><a:ext cx="{right * 1000}" cy="{below * 1000}"/>'
        child = f'<a:chOff x="0" y="0"/><a:chExt cx="{right * 1000}" cy="{below * 1000}"/>'
        group = (
            f"<xdr:twoCellAnchor>{_corner('from', 0, 0)}{_corner('to', below, right)}<xdr:grpSp>"
            f'<xdr:nvGrpSpPr><xdr:cNvPr id="99" name="Group"/><xdr:cNvGrpSpPr/></xdr:nvGrpSpPr>'
            f"<xdr:grpSpPr><a:xfrm>{box}{child}</a:xfrm></xdr:grpSpPr>{''.join(parts)}</xdr:grpSp><xdr:clientData/></xdr:twoCellAnchor>"
        )
        parts = [group]
    return f'<xdr:wsDr xmlns:xdr="{_XDR}" xmlns:a="{_A}">{"".join(parts)}</xdr:wsDr>'.encode()


def _shape(at: int, shape: Shape, *, grouped: bool) -> str:
    number = at + 2
    if shape.ends is not None:
        ties = (("stCxn", shape.ends[0]), ("endCxn", shape.ends[1]))
        tied = "".join(f'<a:{name} id="{to + 2}" idx="0"/>' for name, to in ties if to is not None)
        body = (
            f'<xdr:cxnSp macro=""><xdr:nvCxnSpPr><xdr:cNvPr id="{number}" name="Arrow {number}"/><xdr:cNvCxnSpPr>{tied}</xdr:cNvCxnSpPr>'
            "</xdr:nvCxnSpPr><xdr:spPr/></xdr:cxnSp>"
        )
        return f"<xdr:twoCellAnchor>{_corner('from', 0, 0)}{_corner('to', 1, 1)}{body}<xdr:clientData/></xdr:twoCellAnchor>"
    place = f'<a:off x="{shape.column * 1000 + 100}" y="{shape.row * 1000 + 100}"/><a:ext cx="800" cy="800"/>'
    body = (
        f'<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="{number}" name="Shape {number}"/><xdr:cNvSpPr/></xdr:nvSpPr>'
        f'<xdr:spPr><a:xfrm>{place if grouped else ""}</a:xfrm><a:prstGeom prst="{shape.kind}"><a:avLst/></a:prstGeom></xdr:spPr></xdr:sp>'
    )
    if grouped:
        return body
    ends = _corner("from", shape.row, shape.column, 0.2) + _corner("to", shape.row, shape.column, 0.8)
    return f"<xdr:twoCellAnchor>{ends}{body}<xdr:clientData/></xdr:twoCellAnchor>"


def _corner(name: str, row: int, column: int, part: float = 0) -> str:
    across, down = (int(each * part) for each in _CELL)
    return (
        f"<xdr:{name}><xdr:col>{column}</xdr:col><xdr:colOff>{across}</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>{down}</xdr:rowOff></xdr:{name}>"
    )


def document(*tables: Sequence[Row], merged: bool = False, shapes: Sequence[Shape] = (), between: str = "") -> bytes:
    """Write a document; shapes are old Word shapes, anchored in cells of the first table."""
    made = Document()
    for number, rows in enumerate(tables):
        made.add_paragraph(between or f"Halaman {number + 1}")
        table: Any = made.add_table(len(rows), len(rows[0]))
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(at, column).text = str(text)
        if merged:
            table.cell(0, 2).merge(table.cell(0, 4))
            table.cell(0, 5).merge(table.cell(0, 7))
            for column in (0, 1, 8):
                table.cell(0, column).merge(table.cell(1, column))
        for each in shapes if not number else ():
            run = table.cell(each.row, each.column).paragraphs[0].add_run()
            run._r.append(_word_shape(each.kind))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _word_shape(kind: str) -> Any:
    number = {"flowChartProcess": 109, "flowChartDecision": 110, "flowChartTerminator": 116}[kind]
    return parse_xml(
        '<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">'
        f'<v:shape type="#_x0000_t{number}" style="position:absolute;width:40pt;height:20pt"/></w:pict>'
    )


def text(rows: Sequence[Row], between: str = "\t", quoted: Callable[[str], str] = str) -> str:
    """Write a table as text, its cells parted by this."""
    return "\n".join(between.join(quoted(str(each)) for each in row) for row in rows) + "\n"
