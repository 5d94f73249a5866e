"""Made-up officers and cases, to look around with."""

from __future__ import annotations

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from web.cli.speaking import tell
from web.cli.wired import ready
from web.config import Settings
from web.demo import CASES, OFFICES, PEMDA, load_demo
from web.wiring import Wiring

SHOWN = ("semua", "petugas-sispopmi", "pengelola-kasus", "kepala-bp3mi", "pemilik-proses")
"""Posts whose demo accounts are printed; the others are in the file."""


@click.group(short_help="Made-up officers and cases.")
def demo() -> None:
    """Made-up officers and cases, to look around with."""


@demo.command("load", short_help="Load the demo data.")
@click.pass_obj
def demo_load(settings: Settings) -> None:
    """Load the demo data into the database of the settings."""
    fill_with_demo(ready(settings))


def fill_with_demo(wiring: Wiring) -> None:
    """Make the demo data, and print some of its accounts with their password."""
    accounts = wiring.settings.data_dir / "demo-accounts.txt"
    columns = (TextColumn("· Making demo cases"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, transient=True) as progress:
        task = progress.add_task("demo", total=CASES)
        made, password = load_demo(
            wiring.engine, accounts, at=wiring.clock(), tell=lambda done, _: progress.update(task, completed=done)
        )
    tell(f"Demo accounts (kata sandi semuanya: [bold]{password}[/bold]), {len(made)} of them in {accounts}:")
    for office in (*OFFICES, "pusat"):
        chosen = [each for each in made if each.office == office and each.post in SHOWN]
        tell("    " + "  ".join(each.login for each in chosen))
    tell("    " + "  ".join(f"{each.login} (/pemda)" for each in made if each.post == PEMDA))
