"""Reads a sheet that was printed here and comes back: its rows say which elements they are, so nothing is asked twice.

What the paper does not show (forms, conditions, timers, called SOPs) stays as the drawing has it; what was written anew on
the paper is taken from there. A sheet whose rows were added, removed or moved is read like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.domain.release import Allowance
from engine.notation import Definitions
from sop_catalog.errors import NotATable
from sop_catalog.procedure import Procedure
from sop_catalog.sheets.form import Form, FormRow, Symbol
from sop_catalog.sheets.forming import form_of
from sop_catalog.sheets.from_drawing import table_from
from sop_catalog.sheets.printing.fitting import GOES_ON, short_labels
from sop_catalog.sheets.printing.measuring import row_of
from sop_catalog.sheets.reading.asking import Questions
from sop_catalog.sheets.reading.covering import title_of
from sop_catalog.sheets.reading.grid import Grid, cleaned
from sop_catalog.sheets.reading.headings import Headings, find_headings, word_of
from sop_catalog.sheets.reading.lasting import lasting
from sop_catalog.sheets.reading.own import is_of
from sop_catalog.sheets.reading.understood import END, Line, Understood, listed
from sop_catalog.sheets.table import EndRow, ForkRow, GroupRow, StartRow, StepRow, Table
from sop_catalog.sheets.undrawing.names import Names
from sop_catalog.sheets.undrawing.plain import plain
from sop_catalog.sheets.ways import gateway_id
from sop_catalog.sheets.wording import numbered

_GOES_ON = GOES_ON.strip()
_SOFT = str.maketrans("", "", "\u00ad\u200b\u2060")

Row = StepRow | ForkRow | GroupRow | EndRow | StartRow


@dataclass(frozen=True, slots=True)
class Edition:
    """What a sheet was printed of: a drawing, and the titles of other SOPs as the paper names them."""

    drawing: Definitions
    titles: Mapping[str, str]


def returned(grid: Grid, edition: Edition, procedure: Procedure, answers: Mapping[str, str]) -> Understood | None:
    """Understand a sheet that was printed of this edition; None where it was not, or its rows are others now."""
    headings = find_headings(grid.rows)
    if grid.own is None or headings is None:
        return None
    try:
        table = table_from(edition.drawing)
    except NotATable:
        return None
    form = form_of(edition.drawing, titles=edition.titles)
    form = replace(form, rows=tuple(map(short_labels, form.rows)))
    places = {each.row_id: each for each in grid.marks if each.row_id}
    if not is_of(grid.own, form) or set(places) != {each.id for each in form.rows}:
        return None
    if _others(grid, headings, {each.row for each in places.values()}) or not _same_performers(form, headings):
        return None
    name = Names(edition.drawing, edition.drawing.processes[0]).name
    grid = replace(grid, marks=tuple(replace(each, row_id=name(each.row_id)) for each in grid.marks))
    table = replace(table, procedure=procedure)
    return _Reader(grid, headings, _renamed(form, name), table, Questions(answers)).understood()


def _renamed(form: Form, name: Callable[[str], str]) -> Form:
    """Return the form with its rows called as in the table, which has names of its own for starts and decisions."""
    rows = (
        replace(row, id=name(row.id), ways=tuple(replace(each, to=name(each.to)) for each in row.ways))
        for row in form.rows
    )
    return replace(form, rows=tuple(rows))


def _others(grid: Grid, headings: Headings, known: set[int]) -> bool:
    """Whether a row of the table was added, or one was laid upon another."""
    column, number = (headings.columns.get(each, -1) for each in ("activity", "number"))
    own = len(grid.own.rows) if grid.own else 0
    for at in range(headings.below, len(grid.rows)):
        said = grid.cell(at, column)
        heading = word_of(said) == "activity" or grid.rows[at] in grid.rows[: headings.below]
        if at not in known and not heading and said and (grid.cell(at, number) or at < max(known)):
            return True
    return len(known) != own


def _same_performers(form: Form, headings: Headings) -> bool:
    return [_plain(each.name) for each in form.performers] == [_plain(each) for each in headings.performers.values()]


def _plain(text: str) -> str:
    return " ".join(cleaned(text.translate(_SOFT)).split())


class _Reader:
    """One sheet, compared with the form that it was printed of."""

    def __init__(self, grid: Grid, headings: Headings, form: Form, table: Table, ask: Questions) -> None:
        self.grid, self.headings, self.form, self.table, self.ask = grid, headings, form, table, ask
        self.at = {each.row_id: each for each in grid.marks if each.row_id}
        self.keys = dict(zip(headings.performers, (each.key for each in form.performers), strict=True))
        self.aside: list[str] = []

    def understood(self) -> Understood:
        lines = [self._line(each) for each in self.form.rows]
        return Understood(
            lines=tuple(each for each, row in zip(lines, self.form.rows, strict=True) if row.number),
            questions=tuple(self.ask.all),
            aside=tuple(self.aside),
            table=plain(self.table) if all(each.answer for each in self.ask.all) else None,
            title=title_of(self.grid, self.headings),
            returned=True,
        )

    def _line(self, row: FormRow) -> Line:
        place = self.at[row.id]
        printed = row_of(row, self.form)
        activity, instruction = self._activity(row, place.row, printed)
        performer = self.keys.get(place.column, row.performer)
        needs = self._cell(place.row, "requirements", "\n".join(numbered(printed["requirements"])))
        requirements = row.requirements if needs is None else listed(needs)
        time = self._cell(place.row, "time", printed["time"])
        allowance = row.allowance if time is None else self._time(place.row, activity, time)
        found = self._cell(place.row, "output", row.output)
        output = row.output if found is None else " ".join(found.split())
        note = self._note(row, place.row, printed["note"])
        changes = {
            "name": (row.activity, activity),
            "instruction": (row.instruction, instruction),
            "lane": (row.performer, performer),
            "requirements": (row.requirements, requirements),
            "allowance": (row.allowance, allowance),
            "output": (row.output, output),
        }
        self._change(row, {key: new for key, (old, new) in changes.items() if old != new}, note)
        terminators = {each.id for each in self.form.rows if each.symbol is Symbol.TERMINATOR}
        return Line(
            row=place.row + 1,
            id=row.id,
            number=row.number or 0,
            activity=activity,
            performer=performer,
            decides=row.symbol is Symbol.DECISION,
            requirements=requirements,
            allowance=allowance,
            time=printed["time"] if time is None else time,
            output=output,
            note="\n".join(printed["note"]),
            ways=tuple((each.label, END if each.to in terminators else each.to) for each in row.ways),
        )

    def _activity(self, row: FormRow, at: int, printed: Mapping[str, Any]) -> tuple[str, str]:
        whole = "\n".join(filter(None, (printed["activity"], printed["instruction"])))
        found = self._cell(at, "activity", whole)
        if found is None:
            return row.activity, row.instruction
        if not printed["instruction"]:
            return " ".join(found.split()), row.instruction
        first, _, rest = found.partition("\n")
        return first.strip(), " ".join(rest.split())

    def _time(self, at: int, activity: str, written: str) -> Allowance | None:
        return lasting(at + 1, activity, " ".join(written.split()), self.ask) if written else None

    def _note(self, row: FormRow, at: int, printed: Sequence[str]) -> str | None:
        """Return the remark that was written anew, None where it stands as printed."""
        found = self._cell(at, "note", "\n".join(printed))
        if found is None:
            return None
        step = next((each for each in self.table.steps if each.id == row.id), None)
        own = [_plain(each) for each in step.note.split("\n")] if step else []
        said = {_plain(each) for each in printed} - set(own)
        kept = [each for each in map(_plain, found.split("\n")) if each not in said]
        again = "\n".join(kept)
        return None if kept == list(filter(None, own)) else again

    def _cell(self, at: int, word: str, printed: str) -> str | None:
        """Return what stands in a cell, None where it is what was printed there."""
        found = self.grid.cell(at, self.headings.columns.get(word, -1)).translate(_SOFT)
        plain_found, plain_printed = _plain(found), _plain(printed)
        cut = plain_found.endswith(_GOES_ON) and plain_printed.startswith(plain_found.removesuffix(_GOES_ON).strip())
        return None if cut or plain_found == plain_printed else found

    # The table.

    def _change(self, row: FormRow, new: dict[str, Any], note: str | None) -> None:
        """Write into the table what stands otherwise on the paper; what it cannot take is told."""
        if note is not None:
            new = {**new, "note": note}

        def over(rows: Any) -> Any:
            return tuple(self._changed(each, row, new) for each in rows)

        table = self.table
        self.table = replace(
            table,
            steps=over(table.steps),
            forks=over(table.forks),
            groups=over(table.groups),
            ends=over(table.ends),
            also=over(table.also),
            start=self._changed(table.start, row, new),
        )
        self.aside += [f"{row.activity}: {text}" for text in new.values() if isinstance(text, str) and text]

    def _changed(self, each: Row, row: FormRow, new: dict[str, Any]) -> Any:
        if isinstance(each, StepRow) and each.exits and row.id == gateway_id(each.id):
            new.pop("lane", None)
            return replace(each, question=new.pop("name")) if "name" in new else each
        if row.id not in {each.id, getattr(each, "join", "")}:
            return each
        mine = {key: new.pop(key) for key in list(new) if hasattr(each, key)}
        return replace(each, **mine)
