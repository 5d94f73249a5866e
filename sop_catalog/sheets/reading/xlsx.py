"""Reads a workbook: the texts of its cells, and the flow shapes that lie on them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from lxml import etree

from sop_catalog.sheets.form import Symbol
from sop_catalog.sheets.printing.carried import HIDDEN, row_named
from sop_catalog.sheets.reading.grid import MOST_COLUMNS, MOST_MARKS, MOST_ROWS, Arrow, Grid, Mark, grid_of, refused
from sop_catalog.sheets.reading.headings import has_heading
from sop_catalog.sheets.reading.own import Own, from_cells
from sop_catalog.sheets.reading.package import Package
from sop_catalog.sheets.reading.workbook import S, Workbook, Worksheet

SYMBOLS: Final = {
    "flowChartTerminator": Symbol.TERMINATOR,
    "flowChartProcess": Symbol.PROCESS,
    "flowChartDecision": Symbol.DECISION,
    "rect": Symbol.PROCESS,
    "diamond": Symbol.DECISION,
    "roundRect": Symbol.TERMINATOR,
    "flowChartAlternateProcess": Symbol.PROCESS,
}
_X = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_POINT, _PIXEL = 12700, 9525
"""English metric units."""
Box = tuple[float, float, float, float]
"""Left, top, width and height."""


def read_xlsx(content: bytes, file: str = "table", sheet: str = "") -> Grid:
    """Read the one visible worksheet that has a table of steps, or that of this name. Raises NotATable."""
    package = Package(content, file)
    try:
        return _grid(Workbook(package), file, sheet)
    except (ValueError, OverflowError) as wrong:
        raise refused(file, "This is no office file, or it is broken.") from wrong


def _grid(book: Workbook, file: str, wanted: str) -> Grid:
    own: Own | None = None
    found: list[tuple[Worksheet, list[list[str]]]] = []
    for each in book.worksheets():
        if not each.visible:
            own = from_cells(book.rows(each)) if each.name == HIDDEN else own
        elif not wanted or each.name.strip().lower() == wanted.strip().lower():
            rows = book.rows(each)
            if has_heading(rows):
                found.append((each, rows))
    if not found:
        raise refused(file, "No worksheet has a row of headings with Kegiatan and Pelaksana, Waktu or Output.")
    if len(found) > 1:
        names = ", ".join(each.name for each, _ in found)
        raise refused(file, "Several worksheets hold a table of steps: {names}. Say which one is meant.", names=names)
    return _with_shapes(*found[0], book.package, own)


def _with_shapes(sheet: Worksheet, rows: list[list[str]], package: Package, own: Own | None) -> Grid:
    drawing = next((target for _, kind, target in package.relations(sheet.part) if kind == "drawing"), "")
    root, page = (package.xml(each) if each else None for each in (drawing, sheet.part))
    if page is None or root is None:
        return grid_of(rows, package.file, own=own)
    down, right = _edges(page)
    marks, arrows, loose = [], [], 0
    for anchor in root.iter(f"{_X}twoCellAnchor", f"{_X}oneCellAnchor"):
        for shape, (left, top, width, height) in _shapes(anchor, _box(anchor, down, right)):
            symbol = SYMBOLS.get(_preset(shape))
            if symbol:
                row, column = bisect_right(down, top + height / 2), bisect_right(right, left + width / 2)
                marks.append(Mark(row, column, symbol, _id(shape), _row_id(shape)))
        for line in anchor.iter(f"{_X}cxnSp"):
            ends = [line.find(f".//{_A}{each}") for each in ("stCxn", "endCxn")]
            if None in ends:
                loose += 1
            else:
                source, target = (int(each.get("id") or 0) for each in ends if each is not None)
                arrows.append(Arrow(source, target))
        if len(marks) + len(arrows) > MOST_MARKS:
            raise refused(package.file, "There are more than {count} shapes on it.", count=MOST_MARKS)
    return grid_of(rows, package.file, marks=tuple(marks), arrows=tuple(arrows), loose=loose, own=own)


def _edges(sheet: etree._Element) -> tuple[list[float], list[float]]:
    """Return where rows and columns end, in English metric units."""
    heights = [15.0 * _POINT] * (MOST_ROWS + 1)
    for row in sheet.iter(f"{S}row"):
        at = int(row.get("r") or 0) - 1
        if row.get("ht") and 0 <= at < len(heights):
            heights[at] = float(row.get("ht") or 15) * _POINT
    widths = [64.0 * _PIXEL] * (MOST_COLUMNS + 1)
    for column in sheet.iter(f"{S}col"):
        for at in range(max(int(column.get("min") or 1) - 1, 0), min(int(column.get("max") or 1), len(widths))):
            widths[at] = (float(column.get("width") or 8.43) * 7 + 5) * _PIXEL
    return list(accumulate(heights)), list(accumulate(widths))


def _box(anchor: etree._Element, down: list[float], right: list[float]) -> Box:
    """Return where that lies which is anchored."""
    left, top = _corner(anchor.find(f"{_X}from"), down, right)
    size = anchor.find(f"{_X}ext")
    if size is not None:
        return left, top, float(size.get("cx") or 0), float(size.get("cy") or 0)
    beyond = _corner(anchor.find(f"{_X}to"), down, right)
    return left, top, beyond[0] - left, beyond[1] - top


def _shapes(anchor: etree._Element, box: Box) -> Iterator[tuple[etree._Element, Box]]:
    """Return the shapes of an anchor, those in groups too, each with its own place."""
    yield from ((each, box) for each in anchor.iterchildren(f"{_X}sp"))
    for each in anchor.iterchildren(f"{_X}grpSp"):
        yield from _grouped(each, box)


def _grouped(group: etree._Element, box: Box) -> Iterator[tuple[etree._Element, Box]]:
    """A group says where its shapes lie within it, in measures of its own."""
    form = group.find(f"{_X}grpSpPr/{_A}xfrm")
    begin, size = (_pair(form, each) for each in ("chOff", "chExt"))
    across, along = (have / (of or 1) for have, of in zip(box[2:], size, strict=True))
    for each in group.iterchildren(f"{_X}sp", f"{_X}grpSp"):
        alone = each.tag == f"{_X}sp"
        own = each.find(f"{_X}{'spPr' if alone else 'grpSpPr'}/{_A}xfrm")
        (x, y), (width, height) = _pair(own, "off"), _pair(own, "ext")
        place = (box[0] + (x - begin[0]) * across, box[1] + (y - begin[1]) * along, width * across, height * along)
        yield from [(each, place)] if alone else _grouped(each, place)


def _pair(form: etree._Element | None, name: str) -> tuple[float, float]:
    found = form.find(f"{_A}{name}") if form is not None else None
    if found is None:
        return 0, 0
    return float(found.get("x") or found.get("cx") or 0), float(found.get("y") or found.get("cy") or 0)


def _corner(corner: etree._Element | None, down: list[float], right: list[float]) -> tuple[float, float]:
    if corner is None:
        return 0, 0
    said = {etree.QName(each).localname: int(each.text or 0) for each in corner.iterchildren(etree.Element)}
    row, column = (max(min(said.get(name, 0), len(ends) - 1), 0) for name, ends in (("row", down), ("col", right)))
    x = (right[column - 1] if column > 0 else 0) + said.get("colOff", 0)
    y = (down[row - 1] if row > 0 else 0) + said.get("rowOff", 0)
    return x, y


def _preset(shape: etree._Element) -> str:
    found = shape.find(f".//{_A}prstGeom")
    return str(found.get("prst")) if found is not None else ""


def _id(shape: etree._Element) -> int:
    found = shape.find(f".//{_X}cNvPr")
    return int(found.get("id") or 0) if found is not None else 0


def _row_id(shape: etree._Element) -> str:
    found = shape.find(f".//{_X}cNvPr")
    return row_named(str(found.get("name"))) if found is not None else ""
