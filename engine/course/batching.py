"""A table as a file: XLSX or CSV, in which no cell is a formula whatever somebody typed, and long numbers keep their digits."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

import xlsxwriter

from engine.domain.batch import OUT_COLUMNS

_BEGINNINGS: Final = "=+-@\t\r\n"
_PERSON: Final = {
    "nama": "name",
    "nik": "nik",
    "nomor_paspor": "passport",
    "jenis_kelamin": "sex",
    "tempat_lahir": "born_in",
    "tanggal_lahir": "born_on",
    "alamat": "address",
    "telepon": "phone",
}


def row_of(told: Mapping[str, Any]) -> list[str]:
    """Write one report, as the contract has it, into the columns of a batch."""
    person, consent = told.get("person") or {}, told.get("consent") or {}
    papers = "; ".join(f"{each['kind']} sha256:{each['sha256']}" for each in told.get("documents") or ())
    said = {
        "kunci": told["key"],
        "jenis": told["kind"],
        "nomor_kasus": told["case"],
        "kantor": told["office"],
        "waktu": told["occurred_at"],
        "persetujuan": "ya" if consent.get("given") else "",
        "waktu_persetujuan": consent.get("at", ""),
        "dokumen": papers,
        "alasan": told.get("reason", ""),
    }
    said |= {column: person.get(name, "") for column, name in _PERSON.items()}
    return [str(said[column]) for column in OUT_COLUMNS]


def as_file(format_: str, rows: Sequence[Sequence[str]], *, number: str, columns: Sequence[str] = OUT_COLUMNS) -> bytes:
    """Write a table. Every cell is a text, and none of them begins as a formula does."""
    lines = [list(columns), *([_harmless(cell) for cell in row] for row in rows)]
    return _xlsx(lines, number) if format_ == "xlsx" else _csv(lines)


def hash_of(content: bytes) -> str:
    """What a file is known again by."""
    return hashlib.sha256(content).hexdigest()


def _csv(lines: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(lines)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _xlsx(lines: Sequence[Sequence[str]], number: str) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
        page = book.add_worksheet(number[:31])
        page.freeze_panes(1, 0)
        for at, row in enumerate(lines):
            for column, cell in enumerate(row):
                page.write_string(at, column, cell, text if at else bold)
        page.set_column(0, max(len(lines[0]) - 1, 0), 18, text)
    return out.getvalue()


def _harmless(cell: str) -> str:
    """A text that a spreadsheet could take for a formula gets an apostrophe before it."""
    text = "".join(each for each in cell if each >= " " or each in "\t\n\r")
    return f"'{text}" if text[:1] and text[0] in _BEGINNINGS else text
