"""A table as it lies on a sheet: rows of texts, and the flowchart shapes that lie on its cells. Nothing is understood yet."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from engine.domain.finding import Finding
from sop_catalog.errors import NotATable
from sop_catalog.sheets.form import Symbol
from sop_catalog.sheets.reading.own import Own, from_list

MOST_ROWS: Final = 500
MOST_COLUMNS: Final = 60
MOST_CHARACTERS: Final = 10_000
"""Of one cell."""
MOST_TEXT: Final = 200_000
"""Characters of all cells together."""
MOST_MARKS: Final = 2000
_SPACE = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A flowchart shape on a cell."""

    row: int
    column: int
    symbol: Symbol
    id: int = 0
    """What connectors call it; 0 where nothing connects to it."""
    row_id: str = ""
    """The element that it stands for, where a printed sheet says so."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A connector from one shape to another, by their ids."""

    source: int
    target: int


@dataclass(frozen=True, slots=True)
class Grid:
    """What lies on a sheet. Rows may differ in length."""

    rows: tuple[tuple[str, ...], ...]
    marks: tuple[Mark, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    loose: int = 0
    """Connectors that are tied to no shape at one end."""
    unread: int = 0
    """Shapes of which it cannot be told on which row they lie."""
    own: Own | None = None
    """What a sheet that was printed here says of itself."""

    def cell(self, row: int, column: int) -> str:
        """Return the text of a cell, empty outside the sheet."""
        return self.rows[row][column] if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]) else ""

    def as_json(self) -> str:
        """Return it as a text that a page can carry from one question to the next."""
        return json.dumps(
            {
                "rows": self.rows,
                "marks": [[each.row, each.column, each.symbol.value, each.id, each.row_id] for each in self.marks],
                "arrows": [[each.source, each.target] for each in self.arrows],
                "loose": self.loose,
                "unread": self.unread,
                "own": self.own and self.own.as_list(),
            },
            ensure_ascii=False,
        )


def grid_of(rows: list[list[str]], file: str = "table", **more: Any) -> Grid:
    """Return a grid within the limits; refuse one beyond them."""
    if any(len(each) > MOST_CHARACTERS for row in rows for each in row):
        raise refused(file, "One cell holds more than {count} characters.", count=MOST_CHARACTERS)
    if sum(len(each) for row in rows for each in row) > MOST_TEXT:
        raise refused(file, "It is longer than {count} characters.", count=MOST_TEXT)
    kept = [[cleaned(each) for each in row] for row in rows]
    while kept and not any(kept[-1]):
        kept.pop()
    if not kept:
        raise refused(file, "There is nothing in it.")
    if len(kept) > MOST_ROWS or max(map(len, kept)) > MOST_COLUMNS:
        raise too_many(file)
    return Grid(tuple(tuple(row) for row in kept), **more)


def from_json(text: str) -> Grid:
    """Read what a page carried. It comes from outside again: what does not fit is refused."""
    try:
        said = json.loads(text)
        marks = [
            Mark(int(row), int(at), Symbol(symbol), int(each), str(name))
            for row, at, symbol, each, name in said["marks"]
        ]
        arrows = [Arrow(int(source), int(target)) for source, target in said["arrows"]]
        rows = [[str(each) for each in row] for row in said["rows"]]
        loose, unread, own = int(said["loose"]), int(said["unread"]), from_list(said["own"])
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as wrong:
        raise refused("table", "What the page sent along was changed on the way.") from wrong
    if len(marks) > MOST_MARKS or len(arrows) > MOST_MARKS:
        raise refused("table", "There are more than {count} shapes on it.", count=MOST_MARKS)
    return grid_of(rows, marks=tuple(marks), arrows=tuple(arrows), loose=loose, unread=unread, own=own)


def cleaned(text: str) -> str:
    """Return a text without characters that cannot be written, with single spaces."""
    plain = "".join(each for each in text.replace("\r\n", "\n").replace("\r", "\n") if each in "\n\t" or each >= " ")
    plain = plain.encode("utf-8", "ignore").decode().replace("\ufffe", "").replace("\uffff", "")
    return "\n".join(filter(None, (_SPACE.sub(" ", line).strip() for line in plain.split("\n"))))


def refused(file: str, message: str, **facts: object) -> NotATable:
    """Return the refusal of a whole file."""
    return NotATable(file, (Finding("sop-table", message, facts=facts),))


def too_many(file: str) -> NotATable:
    """Return the refusal of a sheet that is larger than a table of steps can be."""
    return refused(file, "It has more than {rows} rows or {columns} columns.", rows=MOST_ROWS, columns=MOST_COLUMNS)
