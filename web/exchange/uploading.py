"""A file that somebody brings for the exchange: read as a table, with its columns by their names in small letters."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import Any, Final

from flask import request

from engine import NotValid
from web.tables import read_table

LARGEST: Final = 5 * 1024 * 1024
_GUARDED: Final = re.compile(r"'[=+\-@\t\r\n]")
"""How a text was made harmless that a spreadsheet could take for a formula."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What was brought."""

    name: str
    format: str
    content: bytes = field(repr=False)
    columns: tuple[str, ...] = ()
    rows: tuple[dict[str, Any], ...] = field(default=(), repr=False)

    @property
    def carried(self) -> str:
        """The file as a page carries it to the next."""
        return base64.b64encode(self.content).decode()


def uploaded(*needed: str) -> Uploaded:
    """Read the file of this request, or the one that a page carries. Raises NotValid where a column is missing, TableNotRead and its kin."""
    name, content = _content()
    table = read_table(content, name)
    columns = tuple(_plain(each) for each in table.header)
    missing = [each for each in needed if each not in columns]
    if missing:
        raise NotValid(what="the headings", wanted=", ".join(needed), found=", ".join(columns)[:200])
    rows = tuple(
        {"row": line} | {column: _cell(cell) for column, cell in zip(columns, cells, strict=True) if cell}
        for line, cells in zip(table.lines, table.rows, strict=True)
    )
    kind = "xlsx" if content[:4] == b"PK\x03\x04" else "csv"
    return Uploaded(name, kind, content, columns, rows)


def _content() -> tuple[str, bytes]:
    sent = request.files.get("file")
    if sent is not None and sent.filename:
        return sent.filename[-80:], sent.read(LARGEST + 1)
    carried = request.form.get("carried", "")
    try:
        content = base64.b64decode(carried, validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if not content:
        raise NotValid(what="the file", wanted="given", found="missing")
    return request.form.get("name", "")[-80:], content


def _plain(heading: str) -> str:
    return re.sub(r"[\s-]+", "_", heading.strip().lower())


def _cell(text: str) -> str:
    return text[1:] if _GUARDED.match(text) else text
