"""What only looks: the settings, how the house is, and whether the audit trail holds."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from engine import verify_access, verify_audit
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
            said = ", ".join(value) if isinstance(value, tuple) else value
            click.echo(f"{name.replace('_', ' ')}: {'–' if said in (None, '') else said}")
    sys.exit(0 if found.sound else 1)


@click.group()
def audit() -> None:
    """The audit trail."""


@audit.command("verify", short_help="Look whether any record was changed.")
@click.pass_obj
def audit_verify(settings: Settings) -> None:
    """Read every chain of audit records and name each place that was changed. Leaves with 0 only if there is none."""
    wiring = ready(settings)
    with wiring.engine.reading(at=wiring.clock()) as reader:
        breaks = list(verify_audit(reader.connection))
        looks = list(verify_access(reader.connection))
    for each in breaks:
        click.echo(f"case row {each.case}, record {each.seq}: {each.what}")
    for look in looks:
        click.echo(f"access record {look.record}, seal {look.seal}: {look.what}")
    click.echo("The audit trail holds." if not breaks else f"The audit trail is broken at {len(breaks)} places.")
    if looks:
        click.echo(f"The chain of access records is broken at {len(looks)} places.")
    sys.exit(1 if breaks or looks else 0)
