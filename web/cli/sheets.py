"""Printing SOPs as the regulation has them: `lajur sheet CODE`, and the book of all of them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from engine.notation import NotReadable, read
from sop_catalog.sheets.form import Form, Signatory
from sop_catalog.sheets.forming import Known, form_of
from sop_catalog.sheets.printing import FORMATS, write
from sop_catalog.sheets.printing.book import VOLUME, volumes, write_book
from sop_catalog.sheets.printing.paper import PAPERS
from sop_catalog.sheets.shelf import Shelf
from web.version import ROOT

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(short_help="Print SOPs as sheets of PermenPANRB 35/2012.")
@click.argument("code", required=False)
@click.option("--format", "kind", type=click.Choice(FORMATS), default="pdf", show_default=True, help="What to write.")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Folder to write to.")
@click.option("--all", "every", is_flag=True, help="Print a book, with cover and contents (PDF).")
@click.option("--on", type=_DAY, help="With --all: the day on the cover; today where not given.")
@click.option(
    "--volume",
    type=click.IntRange(1),
    default=VOLUME,
    show_default=True,
    help="With --all: at most so many SOPs in one file; areas stay whole.",
)
@click.option("--area", default="", help="With --all: the book of one area, such as C3.")
@click.option("--paper", type=click.Choice(sorted(PAPERS)), default="f4", show_default=True, help="Landscape.")
@click.option(
    "--from", "root", type=click.Path(exists=True, path_type=Path), default=ROOT / "bpmn", help="Folder of diagrams."
)
@click.option("--number", default="", help="NOMOR SOP; left empty where not known.")
@click.option("--unit", default="", help="The unit; that of the drawing where not given.")
@click.option("--made", type=_DAY, help="TGL. PEMBUATAN.")
@click.option("--revised", type=_DAY, help="TGL. REVISI.")
@click.option("--effective", type=_DAY, help="TGL. EFEKTIF.")
@click.option("--signed-by", nargs=3, default=("", "", ""), metavar="POST NAME NIP", help="DISAHKAN OLEH.")
def sheet(
    code: str | None,
    *,
    kind: str,
    into: Path,
    every: bool,
    on: datetime | None,
    volume: int,
    area: str,
    paper: str,
    root: Path,
    number: str,
    unit: str,
    made: datetime | None,
    revised: datetime | None,
    effective: datetime | None,
    signed_by: tuple[str, str, str],
) -> None:
    """Print one SOP, by its CODE or its .bpmn file, or with --all the book of an area or of the agency."""
    shelf = Shelf(root)
    into.mkdir(parents=True, exist_ok=True)
    if every:
        if code or kind != "pdf":
            raise click.UsageError("--all prints a book: it takes no CODE, and PDF is its only format.")
        for file in _book(shelf, area, paper, into, on or datetime.now().astimezone(), volume):
            click.echo(str(file))
        return
    if not code:
        raise click.UsageError("Say which SOP: its CODE or a .bpmn file; or --all.")
    days = [each.date() if each else None for each in (made, revised, effective)]
    known = Known(
        unit=unit,
        number=number,
        made_on=days[0],
        revised_on=days[1],
        effective_on=days[2],
        approved_by=Signatory(*signed_by),
    )
    form = _form(shelf, code, known)
    file = into / f"{Path(form.code).name or 'sop'}.{kind}"
    file.write_bytes(write(form, kind, PAPERS[paper]))
    click.echo(str(file))


def _form(shelf: Shelf, code: str, known: Known | None = None) -> Form:
    path = Path(code)
    try:
        drawing = read(path.read_bytes()) if path.suffix == ".bpmn" and path.is_file() else shelf.drawing(code)
        if drawing is None:
            raise click.ClickException(f"No diagram of {code} lies below {shelf.root}.")
        return form_of(drawing, known, shelf.titles_for(drawing))
    except (NotReadable, ValueError) as wrong:
        raise click.ClickException(f"{code}: {wrong}") from None


def _book(shelf: Shelf, area: str, paper: str, into: Path, on: datetime, most: int) -> list[Path]:
    codes = shelf.of_area(area)
    if not codes:
        raise click.ClickException(f"No diagram of {area.upper() or 'any area'} lies below {shelf.root}.")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, transient=True) as progress:
        forms = [_form(shelf, each) for each in progress.track(codes, description="Diagrams read")]
        parts = volumes(forms, most)
        laid = progress.add_task("Sheets laid out", total=len(forms))
        pages = progress.add_task("Volumes set", total=len(parts))
        files = []
        for number, part in enumerate(parts, 1):
            made = write_book(
                part,
                area=area,
                volume=(number, len(parts)),
                on=on.date(),
                paper=PAPERS[paper],
                tell=lambda _: progress.advance(laid),
            )
            part_name = f"-{number}" if len(parts) > 1 else ""
            files.append(into / f"sop-{area.lower() or 'semua'}{part_name}.pdf")
            files[-1].write_bytes(made)
            progress.advance(pages)
    return files
