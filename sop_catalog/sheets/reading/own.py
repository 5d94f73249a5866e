"""What a sheet that was printed here carries along unseen (`printing.carried`): which SOP it is, and which row is which element.

It comes back from outside: what does not fit counts as not carried, and the sheet is read like any other.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from sop_catalog.procedure import CODE
from sop_catalog.sheets.form import Form, FormRow, FormWay, Symbol
from sop_catalog.sheets.printing.carried import HEADINGS, LONGEST, NAMESPACE

_MOST: Final = 2000
"""Rows, and ways of one row."""
_HEAD: Final = 3
"""Rows of the hidden worksheet above its table: code, title, headings."""


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A row of the printed form without its texts."""

    id: str
    symbol: Symbol
    performer: str
    number: int | None
    ways: tuple[FormWay, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """What a printed sheet says of itself."""

    code: str
    rows: tuple[OwnRow, ...]

    def as_list(self) -> list[Any]:
        """Return it as JSON can hold it."""
        rows = [[r.id, r.symbol.value, r.performer, r.number, [[w.to, w.label] for w in r.ways]] for r in self.rows]
        return [self.code, rows]


def own_row(row: FormRow) -> OwnRow:
    """Return what is carried of a row of a form."""
    return OwnRow(row.id, row.symbol, row.performer, row.number, row.ways)


def is_of(own: Own, form: Form) -> bool:
    """Whether a sheet was printed of this form: the same rows, in the same order, that lead to the same places."""
    return own.code == form.code and own.rows == tuple(map(own_row, form.rows))


def from_list(said: Any) -> Own | None:
    """Read what a page carried; None for anything else."""
    try:
        code, rows = said
        found = [_row(*each) for each in rows[: _MOST + 1]]
    except (ValueError, TypeError, KeyError, OverflowError):
        return None
    return _own(str(code), found)


def from_cells(cells: Sequence[Sequence[str]]) -> Own | None:
    """Read the hidden worksheet."""
    if len(cells) <= _HEAD or tuple(cells[_HEAD - 1][: len(HEADINGS)]) != HEADINGS:
        return None
    try:
        rows = [_row(each[0], each[1], each[2], each[3], json.loads(each[5])) for each in cells[_HEAD:][: _MOST + 1]]
        return _own(cells[0][1], rows)
    except (ValueError, TypeError, IndexError, RecursionError):
        return None


def from_xml(root: etree._Element) -> Own | None:
    """Read the part of custom XML; None where it is another program's."""
    space = f"{{{NAMESPACE}}}"
    if root.tag != f"{space}form":
        return None
    try:
        rows = [
            _row(
                each.get("id"),
                each.get("symbol"),
                each.get("performer"),
                each.get("number"),
                [[way.get("to"), way.get("label")] for way in each.iterchildren(f"{space}way")],
            )
            for each in root.iterchildren(f"{space}row")
        ]
    except (ValueError, TypeError):
        return None
    return _own(str(root.get("code")), rows)


def _row(name: Any, symbol: Any, performer: Any, number: Any, ways: Any) -> OwnRow:
    if len(ways) > _MOST:
        raise ValueError
    found = tuple(FormWay(_text(to), _text(label)) for to, label in ways)
    return OwnRow(_text(name), Symbol(symbol), _text(performer), int(number) if number else None, found)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValueError
    return value


def _own(code: str, rows: Sequence[OwnRow]) -> Own | None:
    names = [each.id for each in rows]
    good = bool(CODE.fullmatch(code)) and 0 < len(rows) <= _MOST and len(set(names)) == len(names) and all(names)
    return Own(code, tuple(rows)) if good else None
