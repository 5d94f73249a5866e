"""The table of an SOP: of its drawing, or of a sheet in Word, Excel or CSV, as a file that people can type on, or drawn."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from engine.notation import NotReadable, read, write
from sop_catalog.errors import NotATable
from sop_catalog.procedure import CODE
from sop_catalog.sheets.draw import draw
from sop_catalog.sheets.from_drawing import table_from
from sop_catalog.sheets.reading import Edition, Grid, Question, read_sheet
from sop_catalog.sheets.reading.taking import Wanted, take_in
from sop_catalog.sheets.shelf import Shelf
from sop_catalog.sheets.table import Table
from sop_catalog.sheets.toml_writer import write_toml
from web.version import ROOT

_SHEETS = {".xlsx", ".docx", ".csv", ".txt"}
_SHOWN = 6
"""So many choices of a question are told at most."""


@click.command(short_help="Write the SOP table of a drawing or of a sheet (XLSX, DOCX, CSV).")
@click.argument("sop")
@click.option(
    "-o",
    "--into",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write: a table (.toml) or a drawing (.bpmn). The table goes to the screen unless said.",
)
@click.option("--code", default="", help="Of a sheet: the code of its SOP. One that was printed here knows it.")
@click.option("--title", default="", help="Of a sheet: the title, where it changes.")
@click.option("--worksheet", default="", help="Of a workbook with several SOPs: the name on the tab.")
@click.option("--official", is_flag=True, help="Of a sheet: this is the official text; it replaces a stand-in.")
@click.option(
    "--answer", "answers", multiple=True, metavar="KEY=VALUE", help="Answer what a sheet leaves open. Repeat as needed."
)
@click.option(
    "--from",
    "root",
    type=click.Path(exists=True, path_type=Path),
    default=ROOT / "bpmn",
    help="Folder of the diagrams that codes are looked up in.",
)
def table(
    sop: str,
    *,
    into: Path | None,
    code: str,
    title: str,
    worksheet: str,
    official: bool,
    answers: tuple[str, ...],
    root: Path,
) -> None:
    """Write the table (TOML) of an SOP: of its code, as it lies in bpmn/, of a BPMN file, or of a sheet in Word or Excel.

    What a sheet leaves open is told row by row, with a key to answer it by; nothing is written until all is answered.
    """
    shelf = Shelf(root)
    file = Path(sop)
    try:
        if file.suffix.lower() in _SHEETS:
            grid = read_sheet(file.read_bytes(), file.name, worksheet)
            wanted = Wanted(_code(code, grid), title, official)
            found = _of_sheet(grid, wanted, shelf, dict(each.partition("=")[::2] for each in answers))
        else:
            found = _of_drawing(sop, shelf)
        _put(found, into)
    except NotReadable as refusal:
        raise click.ClickException(str(refusal)) from None
    except NotATable as refusal:
        for each in refusal.findings:
            click.echo(f"{sop}: {each}", err=True)
        sys.exit(1)


def _put(found: Table, into: Path | None) -> None:
    if into and into.suffix.lower() == ".bpmn":
        into.write_bytes(write(draw(found)))
    elif into:
        into.write_text(write_toml(found), encoding="utf-8")
    else:
        click.echo(write_toml(found), nl=False)


def _of_drawing(sop: str, shelf: Shelf) -> Table:
    if Path(sop).is_file():
        return table_from(read(Path(sop).read_bytes()), file=sop)
    drawing = shelf.drawing(sop)
    if drawing is None:
        raise click.ClickException(f"There is no file {sop}, and no drawing with that code in {shelf.root}.")
    return table_from(drawing, file=sop)


def _code(said: str, grid: Grid) -> str:
    code = said.lower() or (grid.own.code if grid.own else "")
    if not CODE.fullmatch(code):
        raise click.ClickException("Say with --code which SOP this is, such as c3-m05-02.")
    return code


def _of_sheet(grid: Grid, wanted: Wanted, shelf: Shelf, answers: dict[str, str]) -> Table:
    drawing = shelf.drawing(wanted.code)
    edition = Edition(drawing, shelf.titles_for(drawing)) if drawing else None
    taken = take_in(grid, wanted, edition, answers)
    found = taken.understood
    for text in found.aside:
        click.echo(f"left aside: {text}", err=True)
    if grid.unread:
        click.echo(f"not read: {grid.unread} shapes in groups, whose rows cannot be seen", err=True)
    for duty in taken.lost:
        click.echo(f"not kept: the duty “{duty.title}”, whose steps this sheet does not have", err=True)
    for each in found.complaints:
        click.echo(f"does not fit: {each}", err=True)
    for question in found.open:
        _ask(question)
    if found.table is None:
        click.echo(f"{len(found.lines)} steps understood, {len(found.open)} questions open.", err=True)
        sys.exit(1)
    return found.table


def _ask(question: Question) -> None:
    where = f"row {question.row}: " if question.row else ""
    click.echo(f"{where}{question.what.format(**question.facts)}", err=True)
    known = question.choices[:_SHOWN]
    for value, label in known:
        click.echo(f"    --answer {question.key}={value}   {label}", err=True)
    if len(question.choices) > len(known):
        click.echo(f"    … and {len(question.choices) - len(known)} more", err=True)
    if not known:
        click.echo(f"    --answer {question.key}='3 hari kerja'", err=True)
