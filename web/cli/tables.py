"""The table of a drawing, as a file that people can type on."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from engine.notation import NotReadable, read
from sop_catalog.errors import NotATable
from sop_catalog.sheets.from_drawing import table_from
from sop_catalog.sheets.toml_writer import write_toml
from web.version import ROOT

BPMN = ROOT / "bpmn"


@click.command(short_help="Write the SOP table of a drawing.")
@click.argument("sop")
@click.option("--into", type=click.Path(dir_okay=False, path_type=Path), help="File to write; the screen unless said.")
def table(sop: str, into: Path | None) -> None:
    """Write the table (TOML) of an SOP: of its code, as it lies in bpmn/, or of a BPMN file. `lajur draw` draws it again."""
    file = _file(sop)
    try:
        text = write_toml(table_from(read(file.read_bytes()), file=str(file)), str(file))
    except NotReadable as refusal:
        raise click.ClickException(str(refusal)) from None
    except NotATable as refusal:
        for each in refusal.findings:
            click.echo(f"{file}: {each}", err=True)
        sys.exit(1)
    if into:
        into.write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=False)


def _file(sop: str) -> Path:
    if Path(sop).is_file():
        return Path(sop)
    same = re.compile(re.escape(sop.lower()) + r"-(?!\d{2}-)[a-z0-9-]+\.bpmn")
    found = next((each for each in sorted(BPMN.rglob("*.bpmn")) if same.fullmatch(each.name)), None)
    if found is None:
        raise click.ClickException(f"There is no file {sop}, and no drawing with that code in bpmn/.")
    return found
