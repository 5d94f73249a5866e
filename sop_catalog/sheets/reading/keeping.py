"""What is kept of a diagram when its printed sheet comes back with other rows: whatever a step says beyond the paper.

A diagram that says more between its steps than paper can (parallel work, timers, messages) is not put together anew of a
sheet: its rows are refused, not guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from engine.domain.release import Allowance
from engine.notation import Definitions
from sop_catalog.errors import NotATable
from sop_catalog.sheets.form import Symbol
from sop_catalog.sheets.forming import form_of
from sop_catalog.sheets.from_drawing import table_from
from sop_catalog.sheets.reading.grid import refused
from sop_catalog.sheets.reading.own import Own
from sop_catalog.sheets.reading.returning import Edition
from sop_catalog.sheets.table import Exit, StepRow, Table

_SAID: Final = (
    "Rows were added, removed or moved on this sheet, and its diagram says more than paper shows (parallel work, timers,"
    " messages). Add and remove steps on the drawing board."
)
_NO_TABLE: Final = (
    "This sheet was printed here, but its diagram holds what cannot be taken back from paper: {places}. Change it on the"
    " drawing board."
)
_TASKS: Final = {"user", "manual", "receive", "send", "service", "call"}


def expect_simple(own: Own, drawing: Definitions | None) -> None:
    """Refuse a sheet of ours with other rows, where they alone do not say what the diagram is. Raises NotATable."""
    simple = drawing is None or _is_simple(_table(drawing))
    many = any(len(each.ways) > 1 and not all(way.label for way in each.ways) for each in own.rows)
    starts = [each for each in own.rows if each.symbol is Symbol.TERMINATOR and each.ways]
    if many or len(starts) > 1 or not simple:
        raise refused("table", _SAID)


def _table(drawing: Definitions) -> Table:
    """Return the table of the diagram that a sheet was printed of. Raises NotATable where it has none, whatever the rows are now."""
    try:
        return table_from(drawing)
    except NotATable as none:
        places = ", ".join(dict.fromkeys(each.element for each in none.findings if each.element))
        raise refused("table", _NO_TABLE, places=places) from none


def _is_simple(table: Table) -> bool:
    steps = all(each.kind in _TASKS and not each.catches and not each.talks_to for each in table.steps)
    return steps and not table.forks and not table.groups and not table.also and table.start.kind == "none"


def kept_of(table: Table, edition: Edition) -> Table:
    """Return the table with what its steps say in the diagram beyond the paper."""
    older = table_from(edition.drawing)
    steps = {each.id: each for each in older.steps}
    ends = {each.id: each for each in older.ends}
    notes = {each.id: each.note.split("\n") for each in form_of(edition.drawing, titles=edition.titles).rows}
    return replace(
        table,
        steps=tuple(_kept(each, steps[each.id], notes[each.id]) if each.id in steps else each for each in table.steps),
        ends=tuple(replace(ends.get(each.id, each), name=each.name) for each in table.ends),
    )


def _kept(step: StepRow, older: StepRow, printed: Sequence[str]) -> StepRow:
    exits = {each.label or each.value: each for each in older.exits}
    remarks = {" ".join(each.split()) for each in printed} - set(older.note.split("\n"))
    same = older.allowance and step.allowance and _measure(older.allowance) == _measure(step.allowance)
    return replace(
        older,
        name=step.name,
        lane=step.lane,
        allowance=older.allowance if same else step.allowance,
        requirements=step.requirements,
        output=step.output,
        note="\n".join(each for each in step.note.split("\n") if each not in remarks),
        question=step.question,
        exits=tuple(_exit(each, exits.get(each.label)) for each in step.exits),
        to=step.to,
    )


def _measure(allowance: Allowance) -> tuple[float, str]:
    return allowance.amount, allowance.clock


def _exit(new: Exit, older: Exit | None) -> Exit:
    return replace(older, to=new.to) if older else new
