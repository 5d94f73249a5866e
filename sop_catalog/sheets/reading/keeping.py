"""What is kept of a diagram when its printed sheet comes back with other rows: whatever a step says beyond the paper.

A diagram that says more between its steps than paper can (parallel work, timers, messages) is not put together anew of a
sheet: its rows are refused, not guessed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from engine.notation import Definitions
from sop_catalog.errors import NotATable
from sop_catalog.sheets.form import Symbol
from sop_catalog.sheets.from_drawing import table_from
from sop_catalog.sheets.reading.grid import refused
from sop_catalog.sheets.reading.own import Own
from sop_catalog.sheets.table import Exit, StepRow, Table

_SAID: Final = (
    "Rows were added, removed or moved on this sheet, and its diagram says more than paper shows (parallel work, timers,"
    " messages). Add and remove steps on the drawing board."
)
_TASKS: Final = {"user", "manual", "receive", "send", "service", "call"}


def expect_simple(own: Own, drawing: Definitions | None) -> None:
    """Refuse a sheet of ours with other rows, where they alone do not say what the diagram is. Raises NotATable."""
    many = any(len(each.ways) > 1 and not all(way.label for way in each.ways) for each in own.rows)
    starts = [each for each in own.rows if each.symbol is Symbol.TERMINATOR and each.ways]
    if many or len(starts) > 1 or (drawing is not None and not _is_simple(drawing)):
        raise refused("table", _SAID)


def _is_simple(drawing: Definitions) -> bool:
    try:
        table = table_from(drawing)
    except NotATable:
        return False
    steps = all(each.kind in _TASKS and not each.catches and not each.talks_to for each in table.steps)
    return steps and not table.forks and not table.groups and not table.also and table.start.kind == "none"


def kept_of(table: Table, drawing: Definitions) -> Table:
    """Return the table with what its steps say in the diagram beyond the paper."""
    older = {each.id: each for each in table_from(drawing).steps}
    return replace(table, steps=tuple(_kept(each, older.get(each.id)) for each in table.steps))


def _kept(step: StepRow, older: StepRow | None) -> StepRow:
    if older is None:
        return step
    exits = {each.label or each.value: each for each in older.exits}
    return replace(
        older,
        name=step.name,
        lane=step.lane,
        allowance=step.allowance,
        requirements=step.requirements,
        output=step.output,
        note=step.note,
        question=step.question,
        exits=tuple(_exit(each, exits.get(each.label)) for each in step.exits),
        to=step.to,
    )


def _exit(new: Exit, older: Exit | None) -> Exit:
    return replace(older, to=new.to) if older else new
