"""A sheet taken in as the table of a procedure: the cover sheet of the edition in force goes with it, but for what the paper
says otherwise, and duties as far as their steps are still there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.domain.release import Duty
from sop_catalog.diagram.extension import read_procedure
from sop_catalog.procedure import Procedure, Sheet, Status, area_of, level_of
from sop_catalog.registers import posts
from sop_catalog.sheets.reading.covering import cover_of
from sop_catalog.sheets.reading.grid import Grid
from sop_catalog.sheets.reading.returning import Edition
from sop_catalog.sheets.reading.understanding import understand
from sop_catalog.sheets.reading.understood import Understood
from sop_catalog.sheets.table import Table


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which procedure a sheet is to be."""

    code: str
    title: str = ""
    """Empty where it stays, or is as the sheet says."""
    official: bool = False
    """Whether this is the official text, which replaces a stand-in."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a sheet."""

    procedure: Procedure
    understood: Understood
    lost: tuple[Duty, ...] = ()
    """Duties that are counted between steps which the sheet does not have."""


def take_in(grid: Grid, wanted: Wanted, edition: Edition | None, answers: Mapping[str, str]) -> TakenIn:
    """Understand a sheet as a procedure's; `edition` is what is in force under its code. Raises NotATable."""
    cover = cover_of(grid)
    procedure = _procedure(wanted, edition)
    procedure = replace(procedure, sheet=cover.over(procedure.sheet))
    duties = procedure.sheet.duties
    free = tuple(each for each in duties if not each.begins and not each.ends)
    bare = replace(procedure, sheet=replace(procedure.sheet, duties=free))
    understood = understand(grid, bare, posts(), answers, edition)
    aside = (*cover.unknown, *understood.aside)
    if edition is None and not wanted.title and understood.title:
        procedure = replace(procedure, title=understood.title)
    elif understood.title and understood.title.casefold() != procedure.title.casefold():
        aside = (f"Nama SOP: {understood.title}", *aside)
    understood = replace(understood, aside=aside)
    if understood.table is None:
        return TakenIn(procedure, understood)
    kept = tuple(each for each in duties if _has_rows(understood.table, each))
    procedure = replace(procedure, sheet=replace(procedure.sheet, duties=kept))
    understood = replace(understood, table=replace(understood.table, procedure=procedure))
    return TakenIn(procedure, understood, tuple(each for each in duties if each not in kept))


def _procedure(wanted: Wanted, edition: Edition | None) -> Procedure:
    if edition is None:
        status = Status.OFFICIAL if wanted.official else Status.PROPOSED
        sheet = Sheet(level=level_of(wanted.code), area=area_of(wanted.code), status=status)
        return Procedure(wanted.code, wanted.title or wanted.code.upper(), sheet)
    found = read_procedure(next(each for each in edition.drawing.processes if each.id == wanted.code))
    sheet = replace(found.sheet, status=Status.OFFICIAL) if wanted.official else found.sheet
    return replace(found, title=wanted.title or found.title, sheet=sheet)


def _has_rows(table: Table, duty: Duty) -> bool:
    rows = {"", table.start.id, *(each.id for each in table.steps), *(each.id for each in table.ends)}
    rows |= {each.id for each in table.groups}
    return {duty.begins, duty.ends} <= rows
