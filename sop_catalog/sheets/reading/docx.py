"""Reads a document: the table of steps, and the flow shapes anchored in its cells."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final

from lxml import etree

from sop_catalog.sheets.form import Symbol
from sop_catalog.sheets.printing.carried import row_named
from sop_catalog.sheets.reading.grid import MOST_COLUMNS, MOST_MARKS, MOST_ROWS, Grid, Mark, grid_of, refused, too_many
from sop_catalog.sheets.reading.headings import has_heading
from sop_catalog.sheets.reading.own import Own, from_xml
from sop_catalog.sheets.reading.package import Package
from sop_catalog.sheets.reading.xlsx import SYMBOLS

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_VML: Final = {"#_x0000_t109": Symbol.PROCESS, "#_x0000_t110": Symbol.DECISION, "#_x0000_t116": Symbol.TERMINATOR}
"""The flow shapes of Word 2007 and before, by the numbers of their types."""
_GROUPS: Final = {
    "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}wgp",
    "{http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas}wpc",
}
_STYLE: Final = re.compile(r"(?:^|;)\s*(margin-left|width)\s*:\s*(-?\d+(?:\.\d+)?)pt")
_IN_CELL: Final = re.compile(r"mso-position-horizontal-relative\s*:\s*(?:text|char)")
_TWIP, _POINT = 635, 12700
"""English metric units."""
Drawn = tuple[int, Symbol, int, str]
"""Column, symbol, nothing, and the element that its name says."""


def read_docx(content: bytes, file: str = "table") -> Grid:
    """Read the table of steps, with those that continue it on further pages. Raises NotATable."""
    package = Package(content, file)
    body = package.xml("word/document.xml")
    if body is None:
        raise refused(file, "This is no office file, or it is broken.")
    try:
        return _grid(body, package)
    except (ValueError, OverflowError) as wrong:
        raise refused(file, "This is no office file, or it is broken.") from wrong


def _grid(body: etree._Element, package: Package) -> Grid:
    rows: list[list[str]] = []
    marks: list[Mark] = []
    wide = unread = 0
    for table in body.iter(f"{_W}tbl"):
        if next(table.iterancestors(f"{_W}tbl"), None) is not None:
            continue
        texts, found, more = _table(table, package.file)
        begins = has_heading(texts)
        if not wide or begins or max(map(len, texts), default=0) == wide:
            marks.extend(replace(each, row=each.row + len(rows)) for each in found)
            unread += more
            rows.extend(texts)
            wide = wide or (max(map(len, texts)) if begins else 0)
        if len(rows) > 2 * MOST_ROWS or len(marks) > MOST_MARKS:
            raise too_many(package.file)
    if not wide:
        raise refused(package.file, "No table has a row of headings with Kegiatan and Pelaksana, Waktu or Output.")
    return grid_of(rows, package.file, marks=tuple(marks), own=_own(package), unread=unread)


def _own(package: Package) -> Own | None:
    parts = [target for _, kind, target in package.relations("word/document.xml") if kind == "customXml"]
    roots = [package.xml(each) for each in parts[:20]]
    return next(filter(None, (from_xml(each) for each in roots if each is not None)), None)


def _table(table: etree._Element, file: str) -> tuple[list[list[str]], list[Mark], int]:
    rows: list[list[str]] = []
    marks: list[Mark] = []
    unread = 0
    widths = [float(each.get(f"{_W}w") or 0) for each in table.iterfind(f"{_W}tblGrid/{_W}gridCol")][:MOST_COLUMNS]
    lefts = [0, *accumulate(each * _TWIP for each in widths)]
    for at, row in enumerate(table.iterchildren(f"{_W}tr")):
        texts: list[str] = []
        for cell in row.iter(f"{_W}tc"):
            if cell.getparent() is not row and not _wrapped(cell, row):
                continue
            found, more = _shapes(cell, len(texts), lefts)
            marks.extend(Mark(at, *each) for each in found)
            unread += more
            going_on = cell.find(f"{_W}tcPr/{_W}vMerge")
            below = going_on is not None and going_on.get(f"{_W}val") != "restart"
            texts.append("" if below else _text(cell))
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            beside = int(span.get(f"{_W}val") or 1) - 1 if span is not None else 0
            texts.extend([""] * min(max(beside, 0), MOST_COLUMNS))
        rows.append(texts)
        if at > 2 * MOST_ROWS:
            raise too_many(file)
    return rows, marks, unread


def _wrapped(cell: etree._Element, row: etree._Element) -> bool:
    """Whether a cell stands in this row inside a content control, and in no table of its own."""
    above = cell.getparent()
    while above is not None and above is not row:
        if above.tag in {f"{_W}tc", f"{_W}tbl"}:
            return False
        above = above.getparent()
    return above is row


def _text(cell: etree._Element) -> str:
    lines = []
    for paragraph in cell.iterchildren(f"{_W}p"):
        runs = (each for each in paragraph.iter(f"{_W}t", f"{_W}br", f"{_W}tab") if not _in_shape(each, paragraph))
        lines.append("".join("\n" if each.tag == f"{_W}br" else each.text or " " for each in runs))
    return "\n".join(lines)


def _in_shape(node: etree._Element, paragraph: etree._Element) -> bool:
    above = node.getparent()
    while above is not None and above is not paragraph:
        if above.tag in {f"{_W}drawing", f"{_W}pict", _FALLBACK, f"{_W}del"}:
            return True
        above = above.getparent()
    return False


def _shapes(cell: etree._Element, column: int, lefts: Sequence[float]) -> tuple[list[Drawn], int]:
    """Return the shapes that are anchored in a cell, and how many lie in groups, where it cannot be told on which row."""
    found: list[Drawn] = []
    unread = 0
    for anchor in cell.iter(f"{_WP}anchor", f"{_WP}inline"):
        kinds = [SYMBOLS[kind] for each in anchor.iter(f"{_A}prstGeom") if (kind := str(each.get("prst"))) in SYMBOLS]
        if len(kinds) == 1 and not {each.tag for each in anchor.iter()} & _GROUPS:
            found.append((_column(anchor, column, lefts), kinds[0], 0, _row_id(anchor)))
        else:
            unread += len(kinds)
    for each in cell.iter(f"{_V}shape", f"{_V}rect"):
        symbol = Symbol.PROCESS if each.tag == f"{_V}rect" else _VML.get(str(each.get("type")))
        if symbol and next(each.iterancestors(_FALLBACK), None) is None:
            alone = next(each.iterancestors(f"{_V}group"), None) is None
            found += [(_column_of_style(str(each.get("style")), column, lefts), symbol, 0, "")] if alone else []
            unread += not alone
    return found, unread


def _column(anchor: etree._Element, column: int, lefts: Sequence[float]) -> int:
    """Return the column over which a shape lies, -1 where its place is told from something else than its cell."""
    place = anchor.find(f"{_WP}positionH")
    if place is None or place.find(f"{_WP}align") is not None:
        return column
    if place.get("relativeFrom") not in {"column", "character"}:
        return -1
    size = anchor.find(f"{_WP}extent")
    width = float(size.get("cx") or 0) if size is not None else 0
    return _over(float(place.findtext(f"{_WP}posOffset") or 0) + width / 2, column, lefts)


def _column_of_style(style: str, column: int, lefts: Sequence[float]) -> int:
    """Return the same of an old shape, whose place is told as `margin-left:12pt;width:30pt`."""
    said = dict(_STYLE.findall(style))
    if "mso-position-horizontal-relative" in style and not _IN_CELL.search(style):
        return -1
    left, width = (float(said.get(each, 0)) * _POINT for each in ("margin-left", "width"))
    return _over(left + width / 2, column, lefts)


def _over(middle: float, column: int, lefts: Sequence[float]) -> int:
    return bisect_right(lefts, lefts[column] + middle) - 1 if column < len(lefts) else column


def _row_id(anchor: etree._Element) -> str:
    about = anchor.find(f"{_WP}docPr")
    return row_named(str(about.get("name"))) if about is not None else ""
