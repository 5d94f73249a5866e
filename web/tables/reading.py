"""A table out of XLSX, CSV, TSV or pasted text: a header and rows of texts. Nothing is guessed about its columns here.

What comes in is hostile until read: the archive is unpacked within limits before any other program sees it, and a sheet
whose cells lie too far apart is refused before room is made for what lies between them.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from engine import NotValid

MOST_ROWS: Final = 1_000
MOST_COLUMNS: Final = 60
LARGEST: Final = 5 * 1024 * 1024
"""Bytes of a file, or characters of a text."""
_UNPACKED: Final = 60 * 1024 * 1024
_PARTS: Final = 2_000
_LONGEST_CELL: Final = 4_000
_AREA: Final = 2_000_000
"""Cells between the first and the last, filled or not: room for them is made before they are read."""
_EXACT: Final = 10**15
"""A spreadsheet keeps fifteen digits of a number: one of sixteen has already lost its last."""


class TableNotRead(NotValid):
    """Expected a table in XLSX, CSV or TSV, or one pasted from there, but {name} cannot be read as such. Save it as XLSX."""


class TableTooLarge(NotValid):
    """Expected a table of at most {rows} rows, {columns} columns and {megabytes} MB, but {name} is larger. Send it in parts."""

    def __init__(self, name: str) -> None:
        """Say the limits with it."""
        super().__init__(name=name, rows=MOST_ROWS, columns=MOST_COLUMNS, megabytes=LARGEST // 1024**2)


class TableEmpty(NotValid):
    """Expected a row of headings and at least one row below it, but {name} has none."""


@dataclass(frozen=True, slots=True)
class Table:
    """What was read: each row as long as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...] = ()
    """The number that each row has in the file, for whoever looks for it there."""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    """The other sheets that could have been meant too; empty for a text."""


Row = tuple[int, list[str]]


def read_table(content: bytes | str, name: str = "", *, sheet: str = "") -> Table:
    """Read the first sheet that holds something, or the one named; a text with commas, semicolons, tabs or bars.

    Headings may stand below a title, over two rows, and above a row of column numbers. Raises TableNotRead,
    TableTooLarge, TableEmpty.
    """
    name = name or "?"
    if len(content) > LARGEST:
        raise TableTooLarge(name)
    if isinstance(content, bytes) and content[:4] == b"PK\x03\x04":
        return _of_workbook(content, name, sheet)
    text = content if isinstance(content, str) else _decoded(content, name)
    rows = [(number, cells) for number, cells in enumerate(_parted(text, name), 1)]
    return _table(rows, (), name)


# A workbook.

_FAR = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')


def _of_workbook(content: bytes, name: str, wanted: str) -> Table:
    _expect_harmless(content, name)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = [each for each in book.sheet_names if not wanted or each == wanted]
            if not names:
                raise TableNotRead(name=name)
            found: Table | None = None
            for each in names:
                page = book.get_sheet_by_name(each)
                rows = [
                    (number, [_as_text(cell) for cell in cells])
                    for number, cells in enumerate(page.to_python(skip_empty_area=False), 1)
                ]
                if found is None and any(any(cells) for _, cells in rows):
                    found = _table(rows, page.merged_cell_ranges or (), name, sheet=each, sheets=book.sheet_names)
    except (CalamineError, OSError, ValueError) as wrong:
        raise TableNotRead(name=name) from wrong
    if found is None:
        raise TableEmpty(name=name)
    return found


def _expect_harmless(content: bytes, name: str) -> None:
    """Unpack every part within limits; Python stops where a part is longer than it says, and its sum shows it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > _PARTS or sum(each.file_size for each in parts) > _UNPACKED:
                raise TableTooLarge(name)
            if "xl/workbook.xml" not in {each.filename for each in parts}:
                raise TableNotRead(name=name)
            for each in parts:
                inner = archive.read(each)
                if each.filename.startswith("xl/worksheets/"):
                    _expect_near(inner, name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as wrong:
        raise TableNotRead(name=name) from wrong


def _expect_near(sheet: bytes, name: str) -> None:
    width = height = 1
    for column, row in _FAR.findall(sheet):
        height = max(height, int(row))
        width = max(width, _number_of(column))
    if width * height > _AREA:
        raise TableTooLarge(name)


def _number_of(letters: bytes) -> int:
    number = 0
    for each in letters:
        number = number * 26 + each - 64
    return number


def _as_text(cell: Any) -> str:
    """Write a cell as somebody would have typed it; a number that has lost digits keeps the sign of it: `9.9E+15`."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return _as_number(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="minutes")
    return cell.isoformat() if isinstance(cell, date | time) else _tidy(str(cell))


def _as_number(cell: float) -> str:
    if abs(cell) >= _EXACT:
        return f"{cell:.5E}"
    return str(int(cell)) if float(cell).is_integer() else f"{cell:.10g}"


# A text.


def _decoded(content: bytes, name: str) -> str:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for each in ["utf-16"] if wide else ["utf-8-sig", "cp1252"]:
        try:
            text = content.decode(each)
        except UnicodeError:
            continue
        if "\x00" not in text:
            return text
    raise TableNotRead(name=name)


def _parted(text: str, name: str) -> list[list[str]]:
    """Part lines at whichever separator parts them best and most evenly."""
    text = text.lstrip("\ufeff")
    if named := re.match(r"sep=(.)\r?\n", text):
        return _split("\n" + text[named.end() :], named[1], name)
    tried = [_split(text, each, name) for each in "\t;,|"]
    return max(tried, key=_evenness)


def _split(text: str, separator: str, name: str) -> list[list[str]]:
    try:
        return [[_tidy(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    except csv.Error as wrong:
        raise TableNotRead(name=name) from wrong


def _evenness(rows: list[list[str]]) -> tuple[float, int]:
    """How many of the rows have the commonest number of cells, where that is more than one."""
    widths = [len(row) for row in rows if any(row)]
    if not widths:
        return 0.0, 0
    common = max(set(widths), key=lambda width: (widths.count(width), width))
    return (widths.count(common) / len(widths) if common > 1 else 0.0), common


# Both.


def _tidy(text: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\u00a0", " ")
    return "".join(each for each in text if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs")).strip()


_Merged = Iterable[tuple[tuple[int, int], tuple[int, int]]]


def _table(rows: Sequence[Row], merged: _Merged, name: str, *, sheet: str = "", sheets: Sequence[str] = ()) -> Table:
    """Find the headings, leave out what is empty, and refuse what is too much."""
    filled = [row for row in rows if any(row[1])]
    if len(filled) > MOST_ROWS + 40:
        raise TableTooLarge(name)
    if any(len(cell) > _LONGEST_CELL for _, cells in filled for cell in cells):
        raise TableTooLarge(name)
    top = _heading(filled)
    if top is None:
        raise TableEmpty(name=name)
    line = filled[top][0]
    inside = [(first, last) for first, last in merged if first[0] == line - 1]
    last_line = max([line, *(last[0] + 1 for _, last in inside)])
    if last_line == line and _goes_on(filled[top + 1 : top + 2], inside):
        last_line = filled[top + 1][0]
    heads = _headings([row for row in filled if line <= row[0] <= last_line], inside)
    below = [row for row in filled if row[0] > last_line and not _counts_columns(row[1])]
    if len(below) > MOST_ROWS:
        raise TableTooLarge(name)
    if not below:
        raise TableEmpty(name=name)
    width = max(len(heads), *(len(cells) for _, cells in below))
    columns = [at for at in range(width) if _at(heads, at) or any(_at(cells, at) for _, cells in below)]
    if len(columns) > MOST_COLUMNS:
        raise TableTooLarge(name)
    return Table(
        header=_distinct([_at(heads, at) or f"({_letters(at)})" for at in columns]),
        rows=tuple(tuple(_at(cells, at) for at in columns) for _, cells in below),
        lines=tuple(number for number, _ in below),
        sheet=sheet,
        sheets=tuple(sheets),
    )


def _heading(rows: Sequence[Row]) -> int | None:
    """The first row at least half as full as the fullest: a title above it fills one cell."""
    fullest = max((sum(1 for cell in cells if cell) for _, cells in rows[:200]), default=0)
    enough = max(1, (fullest + 1) // 2)
    return next((at for at, (_, cells) in enumerate(rows[:40]) if sum(1 for each in cells if each) >= enough), None)


def _goes_on(following: Sequence[Row], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> bool:
    """Whether the next row only says more of the headings that span several columns."""
    under = {at for (_, left), (_, right) in merged if right > left for at in range(left, right + 1)}
    return any({at for at, cell in enumerate(cells) if cell} <= under for _, cells in following)


def _headings(rows: Sequence[Row], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> list[str]:
    """One heading a column; where a heading spans several, it is said before each of those below it."""
    spread = [list(cells) for _, cells in rows]
    for (_, left), (_, right) in merged:
        for at in range(left, min(right + 1, len(spread[0]))):
            spread[0][at] = spread[0][left]
    heads = []
    for at in range(max(len(cells) for cells in spread)):
        said = dict.fromkeys(_at(cells, at) for cells in spread)
        heads.append(" ".join(" ".join(each.split()) for each in said if each))
    return heads


def _counts_columns(cells: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: (1), (2), (3)."""
    numbers = [each.strip("() ") for each in cells if each]
    return len(numbers) > 2 and numbers == [str(each) for each in range(1, len(numbers) + 1)]  # noqa: PLR2004 - two could be answers


def _distinct(heads: Sequence[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    told = []
    for each in heads:
        seen[each] = seen.get(each, 0) + 1
        told.append(each if seen[each] == 1 else f"{each} ({seen[each]})")
    return tuple(told)


def _at(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _letters(at: int) -> str:
    return ("" if at < 26 else _letters(at // 26 - 1)) + chr(65 + at % 26)  # noqa: PLR2004 - the alphabet
