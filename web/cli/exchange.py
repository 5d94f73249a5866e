"""Drawings that come from elsewhere and go out: `lajur import`, `lajur export`, `lajur picture`. A drawing becomes no SOP here."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from engine.domain.finding import Finding
from engine.notation import read as read_drawing
from sop_catalog.diagram.extension import read_procedure
from sop_catalog.exchange import Imported, Outcome, bring_in, counts, from_paths, is_in_force, own_draft
from sop_catalog.exchange.exporting import Exported, as_json, as_xlsx, as_zip
from sop_catalog.exchange.pictures import drawing_in, png_of, svg_of
from sop_catalog.procedure import CODE
from sop_catalog.publishing import begin_draft, in_force, read_folder
from sop_catalog.sheets.folders import others_of, place_of
from web.cli.wired import ready
from web.config import Settings
from web.version import ROOT

BPMN = ROOT / "bpmn"
A_PATH = click.Path(exists=True, path_type=Path)
A_FOLDER = click.Path(file_okay=False, path_type=Path)
A_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("import", short_help="Bring in BPMN files, folders or zips of them.")
@click.argument("paths", nargs=-1, required=True, type=A_PATH)
@click.option("--into", type=A_FOLDER, help="Write what was accepted to its place below this folder.")
@click.option("--keep", type=A_FOLDER, help="Write what cannot run, as it came, into this folder.")
@click.option("--drafts", metavar="LOGIN", help="Begin a draft of each that was accepted, for this process owner.")
@click.option("--replace", is_flag=True, help="Write over another drawing that lies at the place.")
@click.option("--persons", is_flag=True, help="Read tasks of no particular kind as done by a person.")
@click.option("--json", "json_only", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
def bring(
    settings: Settings,
    paths: Sequence[Path],
    *,
    into: Path | None,
    keep: Path | None,
    drafts: str | None,
    replace: bool,
    persons: bool,
    json_only: bool,
) -> None:
    """Read, repair and judge BPMN files, and tell what became of each. Without --into, --keep or --drafts nothing is written.

    Leaves with 0 only if none was refused, or all that were are kept.
    """
    report = bring_in(from_paths(paths), shelf=Shelf(into or BPMN), persons=persons)
    done: dict[str, str] = {}
    if into is not None:
        done |= store(report, into, replace=replace)
    if keep is not None:
        done |= put_away(report, keep)
    if drafts is not None:
        done |= begin(settings, report, drafts)
    if json_only:
        rows = [{**each.as_json(), "done": done.get(each.place, "")} for each in report]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        _print(report, done)
    sys.exit(1 if any(not each.accepted and not (keep and each.can_be_kept) for each in report) or not report else 0)


class Shelf:
    """The drawings of a folder, read when the first is asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, bytes] | None = None

    def __call__(self, code: str) -> bytes | None:
        if self._held is None:
            found = read_folder(self._folder) if self._folder.is_dir() else ()
            self._held = {each.drawing.code: each.drawing.text for each in found if each.drawing}
        return self._held.get(code)


def store(report: Iterable[Imported], root: Path, *, replace: bool) -> dict[str, str]:
    """Write what was accepted to its place; never over another drawing, unless it came from there or that was asked."""
    told: dict[str, str] = {}
    accepted = [each for each in report if each.accepted]
    titles = {each.code: each.title for each in accepted if CODE.fullmatch(each.code)}
    for each in accepted:
        came = Path(each.place)
        at_home = came.is_file() and root.resolve() in came.resolve().parents
        target = came if at_home else _place(each, root, titles)
        if target.is_file() and target.read_bytes() == each.text:
            told[each.place] = f"unchanged {target}"
        elif not at_home and not replace and (target.exists() or others_of(each.code, target)):
            told[each.place] = f"not written: another drawing of {each.code} lies there; say --replace"
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(each.text)
            for older in others_of(each.code, target) if replace else ():
                older.unlink()
            told[each.place] = f"written {target}"
    return told


def _place(each: Imported, root: Path, titles: dict[str, str]) -> Path:
    if not CODE.fullmatch(each.code):
        return root / f"{each.code}.bpmn"
    process = read_drawing(each.text).process(each.code)
    return place_of(read_procedure(process), root, titles) if process else root / f"{each.code}.bpmn"


def put_away(report: Iterable[Imported], folder: Path) -> dict[str, str]:
    """Write what cannot run into a folder, byte for byte as it came."""
    told: dict[str, str] = {}
    for each in report:
        if each.accepted or not each.can_be_kept:
            continue
        target = folder / re.sub(r"[^\w.-]+", "_", Path(each.place.replace("\\", "/")).name)
        number = 2
        while target.exists() and target.read_bytes() != each.source:
            target = target.with_name(f"{target.stem.removesuffix(f'-{number - 1}')}-{number}{target.suffix}")
            number += 1
        if not target.exists():
            folder.mkdir(parents=True, exist_ok=True)
            target.write_bytes(each.source)
        told[each.place] = f"kept {target}"
    return told


def begin(settings: Settings, report: Iterable[Imported], login: str) -> dict[str, str]:
    """Begin a draft of each that was accepted and says something else than what is in force."""
    wiring = ready(settings)
    at = wiring.clock()
    known = in_force(wiring.engine, at=at)
    told: dict[str, str] = {}
    for each in report:
        if not each.accepted:
            continue
        with wiring.engine.reading(at=at) as reader:
            there = own_draft(reader, each, login)
        if is_in_force(each, known):
            told[each.place] = "in force as it is"
        elif there is not None:
            told[each.place] = f"draft {there}, as it was"
        else:
            made = wiring.engine.perform(begin_draft, content=each.text, officer=login, at=at)
            told[each.place] = f"draft {made.number}"
    return told


def _print(report: Sequence[Imported], done: dict[str, str]) -> None:
    for each in report:
        said = f"  → {done[each.place]}" if each.place in done else ""
        code = f"  {each.code}" if each.code else ""
        click.echo(f"{each.outcome.value}  {each.place}{code}{said}")
        for repair in each.repairs:
            click.echo(f"    repaired: {_in_one_line(repair)}")
        for found in each.findings:
            if found.severity != "note" or found.rule == "vendor-task":
                click.echo(f"    {found.severity}: {_in_one_line(found)}")
    found_counts = counts(report)
    click.echo(", ".join(f"{found_counts[outcome]} {outcome.value}" for outcome in Outcome))


def _in_one_line(found: Finding) -> str:
    return " ".join(str(found).split())


@click.command("export", short_help="Hand out the catalogue, or one SOP of it.")
@click.argument("code", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["zip", "xlsx", "json", "bpmn", "svg", "png"]),
    help="zip without a code, bpmn with one.",
)
@click.option("--from", "folder", type=A_FOLDER, help="Read a folder of diagrams instead of what is in force.")
@click.option("--to", type=A_FILE, help="The file to write; otherwise it is named after what it holds.")
@click.pass_obj
def hand_out(settings: Settings, code: str | None, form: str | None, folder: Path | None, to: Path | None) -> None:
    """Write the whole catalogue as a zip of BPMN, an XLSX register or JSON; or the SOP CODE as BPMN, SVG or PNG."""
    form = form or ("bpmn" if code else "zip")
    if bool(code) != (form in {"bpmn", "svg", "png"}):
        raise click.UsageError(f"Expected {'a code with' if not code else 'no code with'} --format {form}.")
    held = _catalogue(settings, folder)
    if code and code not in held:
        raise click.ClickException(f"Expected a procedure {code}, but there is none.")
    content = _of_one(held[code], form) if code else _of_all(held.values(), form)
    target = to or Path(f"{code or 'catalogue'}.{form}")
    target.write_bytes(content)
    click.echo(str(target))


def _catalogue(settings: Settings, folder: Path | None) -> dict[str, Exported]:
    if folder is not None:
        found = [each.drawing for each in read_folder(folder) if each.drawing]
    else:
        wiring = ready(settings)
        found = list(in_force(wiring.engine, at=wiring.clock()).values())
    return {each.code: Exported(each.code, each.text, each.definitions) for each in found}


def _of_all(catalogue: Iterable[Exported], form: str) -> bytes:
    return {"zip": as_zip, "xlsx": as_xlsx, "json": as_json}[form](catalogue)


def _of_one(one: Exported, form: str) -> bytes:
    return one.text if form == "bpmn" else _picture(svg_of(one.definitions), form)


def _picture(svg: str, form: str) -> bytes:
    return svg.encode() if form == "svg" else png_of(svg)


@click.command("picture", short_help="Show a BPMN file as SVG or PNG, fit to run or not.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", type=A_FILE, help="The picture to write: .svg or .png; otherwise the file's name with .svg.")
def picture(file: Path, to: Path | None) -> None:
    """Draw a BPMN file of any tool as a picture, without a browser. One without a layout is laid out."""
    target = to or Path(f"{file.stem}.svg")
    form = target.suffix.lstrip(".").lower()
    if form not in {"svg", "png"}:
        raise click.UsageError("Expected a picture with the ending .svg or .png.")
    try:
        svg = svg_of(drawing_in(file.read_bytes()))
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from None
    target.write_bytes(_picture(svg, form))
    click.echo(str(target))
