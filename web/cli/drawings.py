"""What is done with drawings on one's own machine: putting them before the rules, and drawing them from tables."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from gettext import translation
from pathlib import Path
from typing import cast

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from sop_catalog.publishing import Verdict, Watch, check_paths, today
from web.config import Settings
from web.version import ROOT

BPMN = ROOT / "bpmn"


_DOING = {"read": "Reading", "judge": "Judging"}


@click.command(short_help="Put BPMN files before every rule.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that judge side by side; one for each core.")
@click.option(
    "--pictures",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to draw into, as SVG, the shortest way to each finding that has one.",
)
@click.option("--language", type=click.Choice(["en", "id"]), default="en", help="Language of the findings.")
@click.option("--anew", is_flag=True, help="Judge every file, also those that have not changed since the last time.")
@click.pass_obj
def check(
    settings: Settings,
    paths: Sequence[Path],
    *,
    as_json: bool,
    workers: int | None,
    pictures: Path | None,
    language: str,
    anew: bool,
) -> None:
    """Put BPMN files, or all below a folder, before every rule. Leaves with 0 only if all are accepted.

    Verdicts are kept with the program's data, or in the user's cache where it has none: a file is judged again when it, something that it calls or names or that
    calls it, or the program has changed.
    """
    remembered = None if anew else _memory(settings)
    with _progress() as watch:
        verdicts = check_paths(
            paths,
            remembered=remembered,
            workers=workers or _cores(),
            watch=watch,
            on=today(datetime.now(UTC)),
        )
    for each in verdicts if pictures else ():
        _picture(each, cast("Path", pictures), _in(language))
    if as_json:
        click.echo(json.dumps([each.as_json(_in(language)) for each in verdicts], ensure_ascii=False, indent=2))
    else:
        for each in verdicts:
            _print_verdict(each, _in(language))
        refused = sum(not each.accepted for each in verdicts)
        click.echo(f"{len(verdicts) - refused} accepted, {refused} refused")
    sys.exit(0 if verdicts and all(each.accepted for each in verdicts) else 1)


def _memory(settings: Settings) -> Path:
    """Never beside drawings: a data directory is not begun for it."""
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return (settings.data_dir if settings.data_dir.is_dir() else caches / "lajur") / "checked.json"


def _cores() -> int:
    """As many as this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _progress() -> Iterator[Watch | None]:
    """Show how far it is, where somebody looks on: on a terminal, and not among the verdicts."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    shown: dict[str, TaskID] = {}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=console, transient=True)

    def watch(what: str, done: int, all_: int) -> None:
        """The bar begins with the first word: its thread must not be there while processes are begun."""
        bar.start()
        if what not in shown:
            shown[what] = bar.add_task(_DOING[what], total=all_)
        bar.update(shown[what], completed=done, total=all_)

    try:
        yield watch
    finally:
        bar.stop()


@cache
def _in(language: str) -> Callable[[str], str]:
    """How sentences are said in a language."""
    if language == "en":
        return str
    from web.language import TRANSLATIONS, compile_translations  # noqa: PLC0415 - 0.3 s of the pages' own libraries

    compile_translations()
    return translation("messages", TRANSLATIONS, [language]).gettext


def _print_verdict(verdict: Verdict, translate: Callable[[str], str]) -> None:
    click.echo(f"{'accepted' if verdict.accepted else 'REFUSED '}  {verdict.place}")
    for each in verdict.findings:
        click.echo(f"    {each.severity}: {each.told(translate)}")


def _picture(verdict: Verdict, folder: Path, translate: Callable[[str], str]) -> None:
    """Draw the way of each finding that has one; where a drawing has no picture, over the one that we lay out."""
    from engine.notation import read as read_drawing  # noqa: PLC0415 - as in `draw`
    from sop_catalog.diagram.layout import layout  # noqa: PLC0415 - as in `draw`
    from sop_catalog.diagram.way import draw_way  # noqa: PLC0415 - as in `draw`

    ways = [each for each in verdict.findings if each.way]
    if not ways:
        return
    place = Path(verdict.place)
    drawn = read_drawing(place.read_bytes())
    if not any(each.plane.shapes for each in drawn.diagrams):
        drawn = layout(drawn)
    folder.mkdir(parents=True, exist_ok=True)
    for number, each in enumerate(ways, 1):
        path = folder / f"{place.stem}-{number}.svg"
        path.write_text(draw_way(drawn, each, translate), encoding="utf-8")
        click.echo(str(path), err=True)


@click.command(short_help="Draw SOP tables as BPMN diagrams.")
@click.argument("tables", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), default=BPMN, help="Folder to write below.")
def draw(tables: Sequence[Path], into: Path) -> None:
    """Draw SOP tables (TOML) as laid-out BPMN diagrams; write none where one cannot be drawn."""
    from sop_catalog.sheets.draw import draw_files, store  # noqa: PLC0415 - 0.1 s that a check need not pay

    drawn, refused = draw_files(tables)
    for path in () if refused else store(drawn, into):
        click.echo(str(path))
    for each in refused:
        click.echo(str(each), err=True)
    sys.exit(1 if refused else 0)
