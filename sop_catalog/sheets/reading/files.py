"""Tells by its content, never by its name, which kind of sheet a file is, and reads it."""

from __future__ import annotations

from sop_catalog.sheets.reading.docx import read_docx
from sop_catalog.sheets.reading.grid import Grid, refused
from sop_catalog.sheets.reading.package import Package
from sop_catalog.sheets.reading.typed import decoded, read_text
from sop_catalog.sheets.reading.xlsx import read_xlsx

SHEET_BYTES = 5_000_000
"""The most that a sheet may weigh."""


def read_sheet(content: bytes, file: str = "table", sheet: str = "") -> Grid:
    """Read a workbook (its worksheet `sheet`, where several have a table), a document or a CSV file.

    Raises NotATable for what is none of them or too large.
    """
    if len(content) > SHEET_BYTES:
        raise refused(file, "It weighs more than {count} MB.", count=SHEET_BYTES // 1_000_000)
    if content.startswith(b"PK\x03\x04"):
        parts = set(Package(content, file).zip.namelist())
        if "word/document.xml" in parts:
            return read_docx(content, file)
        if "xl/workbook.xml" in parts:
            return read_xlsx(content, file, sheet)
        raise refused(file, "This is neither a workbook (XLSX) nor a document (DOCX).")
    if content.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")):
        raise refused(file, "Save it as XLSX, DOCX or CSV first: older formats and PDF are not read.")
    return read_text(decoded(content), file)
