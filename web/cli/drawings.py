"""What is done with drawings on one's own machine: putting them before the rules, and drawing them from tables."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from sop_catalog.publishing import Verdict, check_paths
from sop_catalog.sheets.draw import draw_files, store
from web.version import ROOT

BPMN = ROOT / "bpmn"


@click.command(short_help="Put BPMN files before every rule.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON.")
def check(paths: Sequence[Path], *, as_json: bool) -> None:
    """Put BPMN files, or all below a folder, before every rule. Leaves with 0 only if all are accepted."""
    verdicts = check_paths(paths)
    if as_json:
        click.echo(json.dumps([each.as_json() for each in verdicts], ensure_ascii=False, indent=2))
    else:
        for each in verdicts:
            _print_verdict(each)
        refused = sum(not each.accepted for each in verdicts)
        click.echo(f"{len(verdicts) - refused} accepted, {refused} refused")
    sys.exit(0 if verdicts and all(each.accepted for each in verdicts) else 1)


def _print_verdict(verdict: Verdict) -> None:
    click.echo(f"{'accepted' if verdict.accepted else 'REFUSED '}  {verdict.place}")
    for each in verdict.findings:
        click.echo(f"    {each.severity}: {each}")


@click.command(short_help="Draw SOP tables as BPMN diagrams.")
@click.argument("tables", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), default=BPMN, help="Folder to write below.")
def draw(tables: Sequence[Path], into: Path) -> None:
    """Draw SOP tables (TOML) as laid-out BPMN diagrams; write none where one cannot be drawn."""
    drawn, refused = draw_files(tables)
    for path in () if refused else store(drawn, into):
        click.echo(str(path))
    for each in refused:
        click.echo(str(each), err=True)
    sys.exit(1 if refused else 0)
