"""From a table to rows that can be taken in, and back to a table of those that were refused.

The table is kept nowhere: the page carries it from one step to the next, and it is gone when the page is left.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from engine.domain.release import Bound, Field
from web.admitting import Admission, Fault
from web.language import gettext, raw
from web.tables import CellNotRead, Table, TableNotRead, read_cell
from web.tables.columns import SAID

CARRIED = 4_000_000
"""Characters of a table in a page."""


@dataclass(frozen=True, slots=True)
class Read:
    """One row: answers by the names of their questions, or what could not be read."""

    at: int
    """Its place in the table, from 0."""
    line: int
    person: Mapping[str, Any]
    faults: tuple[Fault, ...]


def questions_of_tables(questions: Sequence[Field]) -> tuple[Field, ...]:
    """What people write into tables, of all that the procedure asks: nothing that somebody has to find out or decide."""
    return tuple(
        each for name in SAID for each in questions if each.name == name and each.bound in (Bound.SUBJECT, Bound.FACT)
    )


def read_rows(table: Table, columns: Sequence[str], questions: Sequence[Field]) -> tuple[Read, ...]:
    """Read each row by the questions that its columns answer; empty for a column that is left out."""
    asked = {each.name: each for each in questions}
    return tuple(
        _row(
            at, table.lines[at], [(asked[name], cell) for name, cell in zip(columns, row, strict=True) if name in asked]
        )
        for at, row in enumerate(table.rows)
    )


def _row(at: int, line: int, cells: Sequence[tuple[Field, str]]) -> Read:
    person: dict[str, Any] = {}
    faults = []
    for asked, cell in cells:
        try:
            person[asked.name] = read_cell(asked, cell)
        except CellNotRead as wrong:
            faults.append(Fault(asked.name, raw(str(wrong))))
    said = {name: value for name, value in person.items() if value}
    if not said and not faults:
        faults.append(Fault("", gettext("No column that was matched is filled in.")))
    return Read(at, line, said, tuple(faults))


def carry(table: Table) -> str:
    """Write a table so that a page can carry it."""
    return json.dumps({"header": table.header, "rows": table.rows, "lines": table.lines}, ensure_ascii=False)


def carried(text: str) -> Table:
    """Read what a page has carried. Raises TableNotRead for anything else."""
    try:
        told = json.loads(text)
        header = tuple(map(str, told["header"]))
        rows = tuple(tuple(map(str, row)) for row in told["rows"])
        lines = tuple(map(int, told["lines"]))
    except (ValueError, KeyError, TypeError, RecursionError) as wrong:
        raise TableNotRead(name=gettext("the table")) from wrong
    if len(rows) != len(lines) or any(len(row) != len(header) for row in rows):
        raise TableNotRead(name=gettext("the table"))
    return Table(header, rows, lines)


def refused(table: Table, admitted: Sequence[Admission], labels: Mapping[str, str]) -> Table | None:
    """The rows that were not taken, each with why; None where all were."""
    place = {line: at for at, line in enumerate(table.lines)}
    rows = [(table.rows[place[each.line]], each) for each in admitted if not each.case]
    if not rows:
        return None
    kept = [at for at, name in enumerate(table.header) if name != reason_heading()]
    return Table(
        (*(table.header[at] for at in kept), reason_heading()),
        tuple((*(row[at] for at in kept), told(each.faults, labels)) for row, each in rows),
        tuple(each.line for _, each in rows),
    )


def reason_heading() -> str:
    """What the column with the reasons is called; it is left out when the file comes back."""
    return gettext("Reason")


def told(faults: Sequence[Fault], labels: Mapping[str, str]) -> str:
    """All that stands against a row, in one cell."""
    said = [f"{labels[each.name]}: {each.sentence}" if each.name in labels else each.sentence for each in faults]
    return " ".join(said)


def as_csv(table: Table) -> bytes:
    """With semicolons and a mark of its encoding, as spreadsheets here open it."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(
        [[_harmless(cell) for cell in row] for row in (table.header, *table.rows)]
    )
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from reading a cell as a formula; a telephone number with its plus is none."""
    return f"'{cell}" if cell[:1] in "=@\t\r" or (cell[:1] in "+-" and not cell[1:].isdecimal() and cell[1:]) else cell


def as_xlsx(table: Table) -> bytes:
    """Every cell as text, so that no number loses a digit; the reasons last and wide."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "bottom": 1})
        sheet.set_column(0, len(table.header) - 2, 18, text)
        sheet.set_column(len(table.header) - 1, len(table.header) - 1, 60, text)
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(table.header):
            sheet.write_string(0, column, name, bold)
        for at, row in enumerate(table.rows, 1):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell, text)
    return out.getvalue()
