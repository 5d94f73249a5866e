"""The worksheets of a workbook as rows of texts: those cells that an SOP sheet can have, and no more.

Only what stands in a cell is looked at, so a sheet that claims a million rows costs no more than what it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from lxml import etree

from sop_catalog.sheets.reading.grid import MOST_COLUMNS, MOST_ROWS, too_many
from sop_catalog.sheets.reading.package import Package

BOOK: Final = "xl/workbook.xml"
S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PLACE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_A, _LETTERS = ord("A") - 1, 26


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One worksheet, not yet read."""

    name: str
    part: str
    visible: bool


class Workbook:
    """What stands in the cells of an XLSX file."""

    def __init__(self, package: Package) -> None:
        self.package = package

    def worksheets(self) -> Iterator[Worksheet]:
        """Return the worksheets in their order."""
        book = self.package.xml(BOOK)
        parts = {each: target for each, kind, target in self.package.relations(BOOK) if kind == "worksheet"}
        for each in book.iter(f"{S}sheet") if book is not None else ():
            part = parts.get(str(each.get(f"{R}id")), "")
            if part:
                yield Worksheet(str(each.get("name")), part, each.get("state") in {None, "visible"})

    def rows(self, sheet: Worksheet) -> list[list[str]]:
        """Return the texts of a worksheet. Raises NotATable where they lie further than a table of steps goes."""
        root = self.package.xml(sheet.part)
        rows: list[list[str]] = []
        for cell in root.iter(f"{S}c") if root is not None else ():
            text = self._text(cell)
            place = _PLACE.fullmatch(str(cell.get("r")))
            if not text.strip() or not place:
                continue
            row, column = int(place[2]) - 1, _number(place[1]) - 1
            if row >= MOST_ROWS or column >= MOST_COLUMNS:
                raise too_many(self.package.file)
            rows.extend([] for _ in range(row + 1 - len(rows)))
            rows[row].extend([""] * (column + 1 - len(rows[row])))
            rows[row][column] = text
        return rows

    def _text(self, cell: etree._Element) -> str:
        kind = cell.get("t")
        if kind == "inlineStr":
            return _said(cell.find(f"{S}is"))
        value = cell.findtext(f"{S}v") or ""
        if kind == "s":
            return self._shared[int(value)] if value.isdecimal() and int(value) < len(self._shared) else ""
        if kind in {"str", "d"}:
            return value
        if kind in {"e", "b"}:
            return ""
        return _plain(value)

    @cached_property
    def _shared(self) -> list[str]:
        target = next((name for _, kind, name in self.package.relations(BOOK) if kind == "sharedStrings"), "")
        root = self.package.xml(target) if target else None
        return [_said(each) for each in root.iterchildren(f"{S}si")] if root is not None else []


def _said(text: etree._Element | None) -> str:
    """Return a text without its look, and without the readings that stand over letters."""
    if text is None:
        return ""
    runs = (each for each in text.iter(f"{S}t") if each.getparent() is text or each.getparent().tag == f"{S}r")  # type: ignore[union-attr]
    return "".join(each.text or "" for each in runs)


def _plain(value: str) -> str:
    """Return a number as a person writes it: 3 for 3.0."""
    try:
        number = float(value)
    except ValueError:
        return ""
    return f"{number:.10g}" if number == number and abs(number) < 1e15 else ""  # noqa: PLR0124, PLR2004 - not a number


def _number(letters: str) -> int:
    found = 0
    for each in letters:
        found = found * _LETTERS + ord(each) - _A
    return found
