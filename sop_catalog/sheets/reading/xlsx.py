"""Reads a workbook: the texts of its cells, and the flow shapes that lie on them."""

from __future__ import annotations

import io
from bisect import bisect_right
from itertools import accumulate
from typing import Final

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from sop_catalog.sheets.form import Symbol
from sop_catalog.sheets.reading.grid import MOST_COLUMNS, MOST_ROWS, Arrow, Grid, Mark, grid_of, refused
from sop_catalog.sheets.reading.headings import has_heading
from sop_catalog.sheets.reading.package import Package

SYMBOLS: Final = {
    "flowChartTerminator": Symbol.TERMINATOR,
    "flowChartProcess": Symbol.PROCESS,
    "flowChartDecision": Symbol.DECISION,
    "rect": Symbol.PROCESS,
    "diamond": Symbol.DECISION,
    "roundRect": Symbol.TERMINATOR,
    "flowChartAlternateProcess": Symbol.PROCESS,
}
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_X = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_POINT, _PIXEL = 12700, 9525
"""English metric units."""


def read_xlsx(content: bytes, file: str = "table") -> Grid:
    """Read the first visible worksheet on which a table of steps begins. Raises NotATable."""
    package = Package(content, file)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)
            texts = [[_text(each) for each in row[: MOST_COLUMNS + 1]] for row in rows]
            if has_heading(texts):
                return _with_shapes(texts, name, package, file)
    except (CalamineError, ValueError, OSError) as wrong:
        raise refused(file, "This is no office file, or it is broken.") from wrong
    raise refused(file, "No worksheet has a row of headings with Kegiatan and Pelaksana, Waktu or Output.")


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _with_shapes(rows: list[list[str]], name: str, package: Package, file: str) -> Grid:
    part = _part_of(name, package)
    sheet = package.xml(part) if part else None
    drawing = next((target for _, kind, target in package.relations(part) if kind == "drawing"), "") if part else ""
    root = package.xml(drawing) if drawing else None
    if sheet is None or root is None:
        return grid_of(rows, file)
    down, right = _edges(sheet)
    marks, arrows, loose = [], [], 0
    for anchor in root.iter(f"{_X}twoCellAnchor", f"{_X}oneCellAnchor"):
        for shape in anchor.iter(f"{_X}sp"):
            symbol = SYMBOLS.get(_preset(shape))
            if symbol:
                row, column = _middle(anchor, down, right)
                marks.append(Mark(row, column, symbol, _id(shape)))
        for line in anchor.iter(f"{_X}cxnSp"):
            ends = [line.find(f".//{_A}{each}") for each in ("stCxn", "endCxn")]
            if None in ends:
                loose += 1
            else:
                source, target = (int(each.get("id") or 0) for each in ends if each is not None)
                arrows.append(Arrow(source, target))
    return grid_of(rows, file, marks=tuple(marks), arrows=tuple(arrows), loose=loose)


def _part_of(name: str, package: Package) -> str:
    """Return the part of a worksheet, empty where the workbook does not say."""
    book = package.xml("xl/workbook.xml")
    parts = {each: target for each, kind, target in package.relations("xl/workbook.xml") if kind == "worksheet"}
    for each in book.iter(f"{_S}sheet") if book is not None else ():
        if each.get("name") == name:
            return parts.get(str(each.get(f"{_R}id")), "")
    return ""


def _edges(sheet: etree._Element) -> tuple[list[float], list[float]]:
    """Return where rows and columns end, in English metric units."""
    heights = [15.0 * _POINT] * (MOST_ROWS + 1)
    for row in sheet.iter(f"{_S}row"):
        at = int(row.get("r") or 0) - 1
        if row.get("ht") and 0 <= at < len(heights):
            heights[at] = float(row.get("ht") or 15) * _POINT
    widths = [64.0 * _PIXEL] * (MOST_COLUMNS + 1)
    for column in sheet.iter(f"{_S}col"):
        for at in range(int(column.get("min") or 1) - 1, min(int(column.get("max") or 1), len(widths))):
            widths[at] = (float(column.get("width") or 8.43) * 7 + 5) * _PIXEL
    return list(accumulate(heights)), list(accumulate(widths))


def _middle(anchor: etree._Element, down: list[float], right: list[float]) -> tuple[int, int]:
    """Return the cell on which the middle of a shape lies."""
    left, top = _corner(anchor.find(f"{_X}from"), down, right)
    size = anchor.find(f"{_X}ext")
    if size is not None:
        x, y = left + float(size.get("cx") or 0) / 2, top + float(size.get("cy") or 0) / 2
    else:
        beyond = _corner(anchor.find(f"{_X}to"), down, right)
        x, y = (left + beyond[0]) / 2, (top + beyond[1]) / 2
    return bisect_right(down, y), bisect_right(right, x)


def _corner(corner: etree._Element | None, down: list[float], right: list[float]) -> tuple[float, float]:
    if corner is None:
        return 0, 0
    said = {etree.QName(each).localname: int(each.text or 0) for each in corner}
    row, column = min(said.get("row", 0), len(down) - 1), min(said.get("col", 0), len(right) - 1)
    x = (right[column - 1] if column > 0 else 0) + said.get("colOff", 0)
    y = (down[row - 1] if row > 0 else 0) + said.get("rowOff", 0)
    return x, y


def _preset(shape: etree._Element) -> str:
    found = shape.find(f".//{_A}prstGeom")
    return str(found.get("prst")) if found is not None else ""


def _id(shape: etree._Element) -> int:
    found = shape.find(f".//{_X}cNvPr")
    return int(found.get("id") or 0) if found is not None else 0
