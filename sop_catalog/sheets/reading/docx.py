"""Reads a document: the table of steps, and the flow shapes anchored in its cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from sop_catalog.sheets.form import Symbol
from sop_catalog.sheets.reading.grid import MOST_COLUMNS, MOST_MARKS, MOST_ROWS, Grid, Mark, grid_of, refused, too_many
from sop_catalog.sheets.reading.headings import has_heading
from sop_catalog.sheets.reading.own import Own, from_xml
from sop_catalog.sheets.reading.package import Package
from sop_catalog.sheets.reading.xlsx import NAMED, SYMBOLS

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_VML: Final = {"#_x0000_t109": Symbol.PROCESS, "#_x0000_t110": Symbol.DECISION, "#_x0000_t116": Symbol.TERMINATOR}
"""The flow shapes of Word 2007 and before, by the numbers of their types."""


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
    wide = 0
    for table in body.iter(f"{_W}tbl"):
        if next(table.iterancestors(f"{_W}tbl"), None) is not None:
            continue
        texts, found = _table(table, package.file)
        begins = has_heading(texts)
        if not wide or begins or max(map(len, texts), default=0) == wide:
            marks.extend(Mark(each.row + len(rows), each.column, each.symbol, 0, each.row_id) for each in found)
            rows.extend(texts)
            wide = wide or (max(map(len, texts)) if begins else 0)
        if len(rows) > 2 * MOST_ROWS or len(marks) > MOST_MARKS:
            raise too_many(package.file)
    if not wide:
        raise refused(package.file, "No table has a row of headings with Kegiatan and Pelaksana, Waktu or Output.")
    return grid_of(rows, package.file, marks=tuple(marks), own=_own(package))


def _own(package: Package) -> Own | None:
    parts = [target for _, kind, target in package.relations("word/document.xml") if kind == "customXml"]
    roots = [package.xml(each) for each in parts[:20]]
    return next(filter(None, (from_xml(each) for each in roots if each is not None)), None)


def _table(table: etree._Element, file: str) -> tuple[list[list[str]], list[Mark]]:
    rows: list[list[str]] = []
    marks: list[Mark] = []
    for at, row in enumerate(table.iterchildren(f"{_W}tr")):
        texts: list[str] = []
        for cell in row.iter(f"{_W}tc"):
            if cell.getparent() is not row and not _wrapped(cell, row):
                continue
            marks.extend(Mark(at, len(texts), symbol, 0, name) for symbol, name in _shapes(cell))
            going_on = cell.find(f"{_W}tcPr/{_W}vMerge")
            below = going_on is not None and going_on.get(f"{_W}val") != "restart"
            texts.append("" if below else _text(cell))
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            more = int(span.get(f"{_W}val") or 1) - 1 if span is not None else 0
            texts.extend([""] * min(max(more, 0), MOST_COLUMNS))
        rows.append(texts)
        if at > 2 * MOST_ROWS:
            raise too_many(file)
    return rows, marks


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


def _shapes(cell: etree._Element) -> Iterator[tuple[Symbol, str]]:
    """Return the shapes that are anchored in a cell, each with the element that its name says."""
    for each in cell.iter(f"{_A}prstGeom"):
        if symbol := SYMBOLS.get(str(each.get("prst"))):
            yield symbol, _row_id(each)
    for each in cell.iter(f"{_V}shape", f"{_V}rect"):
        symbol = Symbol.PROCESS if each.tag == f"{_V}rect" else _VML.get(str(each.get("type")))
        if symbol and next(each.iterancestors(_FALLBACK), None) is None:
            yield symbol, ""


def _row_id(shape: etree._Element) -> str:
    anchor = next(shape.iterancestors(f"{_WP}anchor", f"{_WP}inline"), None)
    about = anchor.find(f"{_WP}docPr") if anchor is not None else None
    name = str(about.get("name")) if about is not None else ""
    return name.removeprefix(NAMED)[:300] if name.startswith(NAMED) else ""
