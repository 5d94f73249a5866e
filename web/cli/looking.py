"""What only looks: the settings, how the house is, and whether the audit trail holds."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import TextIO

import click

from engine import TrailCheck, ends_of, not_continued
from engine.queries.health import health
from web.cli.speaking import without_password
from web.cli.wired import ready
from web.config import Settings, described


@click.command(short_help="Print every setting and what it does.")
@click.pass_obj
def show_settings(settings: Settings) -> None:
    """Print every setting, its value and what it does."""
    for name, default, meaning in described():
        value = getattr(settings, name.removeprefix("LAJUR_").lower())
        shown = "" if value is None else str(value)
        mark = "  (set)" if shown != default else ""
        click.echo(f"{name}={without_password(shown)}{mark}\n    {meaning}")


@click.command(short_help="Say how the house is.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_obj
def show_health(settings: Settings, *, as_json: bool) -> None:
    """Say how the house is. Leaves with 0 only if nobody has to look: database, worker, timers, deliveries, cases."""
    wiring = ready(settings)
    with wiring.engine.reading(at=wiring.clock()) as reader:
        found = health(reader)
    told = {"sound": found.sound, "database": wiring.engine.shape(), **asdict(found)}
    if as_json:
        click.echo(json.dumps(told, default=str, indent=2))
    else:
        for name, value in told.items():
            said = ", ".join(map(str, value)) if isinstance(value, tuple) else value
            click.echo(f"{name.replace('_', ' ')}: {'–' if said in (None, '') else said}")
    sys.exit(0 if found.sound else 1)


@click.group()
def audit() -> None:
    """The audit trail."""


@audit.command("verify", short_help="Look whether any record was changed.")
@click.option(
    "--against",
    type=click.File(encoding="utf-8"),
    help="The ends of all chains as they were kept earlier outside the house: each must still be a link of its chain.",
)
@click.pass_obj
def audit_verify(settings: Settings, against: TextIO | None) -> None:
    """Read both kinds of chain, piece by piece, and name each place that was changed. Leaves with 0 only if there is none.

    What it prints last is to be kept outside the house: what was read can then be compared later.
    """
    wiring, check, lost = ready(settings), TrailCheck(), 0
    with wiring.engine.reading(at=wiring.clock()) as reader:
        while not check.done:
            told = len(check.found)
            check = check.further(reader.connection)
            for each in check.found[told:]:
                click.echo(each.line)
        for chain, seq in not_continued(reader.connection, read_ends(against)) if against is not None else ():
            click.echo(f"chain {chain}, link {seq}: it is not what was kept outside the house")
            lost += 1
    click.echo("The audit trail holds." if not check.broken else f"The audit trail is broken at {check.broken} places.")
    if against is not None:
        click.echo(
            f"{lost} of the ends kept earlier are no link of their chain." if lost else "It continues what was kept."
        )
    click.echo(f"{check.records} records in {check.chains} chains, {check.sealed} sealed accesses were read.")
    click.echo(f"Last record of the house's own chain: {check.house[0]} {check.house[1]}")
    click.echo(f"Last seal of the accesses: {check.last_seal[0]} {check.last_seal[1]}")
    click.echo(f"Fingerprint of the ends of all chains: {check.fingerprint}")
    sys.exit(1 if check.broken or lost else 0)


@audit.command("heads", short_help="Print the ends of all chains.")
@click.pass_obj
def audit_heads(settings: Settings) -> None:
    """Print the last record of every chain, to be kept outside the house and given to `audit verify --against` later."""
    wiring = ready(settings)
    with wiring.engine.reading(at=wiring.clock()) as reader:
        for each in ends_of(reader.connection):
            click.echo(",".join(str(part) for part in each))


def read_ends(file: TextIO) -> Iterator[tuple[str, int, str]]:
    """The lines of a list of ends; what is none is passed over, the heading of a downloaded one among it."""
    for line in file:
        chain, _, rest = line.strip().lstrip("\ufeff").partition(",")
        seq, _, last = rest.partition(",")
        if seq.isdecimal() and (chain == "accesses" or chain.removeprefix("-").isdecimal()):
            yield chain, int(seq), last
