"""Tables as files: CSV and XLSX, with every cell that a spreadsheet might read as a formula made harmless."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import xlsxwriter

from web.language import local

MEDIA = {
    "csv": ("text/csv; charset=utf-8", "csv"),
    "csv-comma": ("text/csv; charset=utf-8", "csv"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "xes": ("application/xml", "xes"),
}
_BEGINNINGS = "=+-@\t\r\n"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: a heading over each column, and rows of texts, numbers and moments."""

    header: Sequence[str]
    rows: Sequence[Sequence[Any]]
    notes: Sequence[str] = field(default=())
    """What was counted, over which period, and as of when."""


def as_csv(sheet: Sheet, *, comma: bool = False) -> bytes:
    """With a mark of its encoding, and semicolons as spreadsheets here expect; numbers then have a decimal comma."""
    out = io.StringIO()
    written = csv.writer(out, delimiter="," if comma else ";", lineterminator="\r\n")
    written.writerow([_text(each) for each in sheet.header])
    written.writerows([[_cell(each, comma=comma) for each in row] for row in sheet.rows])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(sheet: Sheet, name: str) -> bytes:
    """Numbers as numbers, moments as the reader's clock shows them, and a second sheet with what was counted."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, moment = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        page = book.add_worksheet(name[:31])
        page.freeze_panes(1, 0)
        for column, title in enumerate(sheet.header):
            page.set_column(column, column, max(12, min(len(title) + 2, 40)))
            page.write_string(0, column, title, bold)
        for at, row in enumerate(sheet.rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    page.write_datetime(at, column, local(cell).replace(tzinfo=None), moment)
                elif isinstance(cell, int | float) and not isinstance(cell, bool):
                    page.write_number(at, column, cell)
                elif cell is not None:
                    page.write_string(at, column, str(cell))
        about = book.add_worksheet("Definisi")
        for at, note in enumerate(sheet.notes):
            about.write_string(at, 0, note)
    return out.getvalue()


def _cell(cell: Any, *, comma: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{local(cell):%Y-%m-%d %H:%M}"
    if isinstance(cell, float):
        return f"{cell:.4g}" if comma else f"{cell:.4g}".replace(".", ",")
    return str(cell) if isinstance(cell, int) else _text(str(cell))


def _text(text: str) -> str:
    return f"'{text}" if text[:1] and text[0] in _BEGINNINGS else text
