"""The programs that are told of what happens in cases: added, listed, tried, told again and told nothing any more. It calls none itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from engine import add_webhook, end_webhook, replay_dispatches, rotate_webhook_secret, try_webhook
from engine.domain.dispatch import EVENTS, LONGEST_OVERLAP
from engine.queries.notices import Listener, listeners_for_the_house
from web.cli.speaking import A_FILE, first_line
from web.cli.wired import ready
from web.config import Settings

MOMENT = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"])


@click.group(short_help="Programs that are told of events.")
def webhook() -> None:
    """Other programs that are told of what happens in cases."""


@webhook.command("add", short_help="Let a program be told.")
@click.argument("name")
@click.option("--event", "events", multiple=True, required=True, type=click.Choice(EVENTS), help="Once for each.")
@click.option("--url", help="Its address. One that carries a key is better given in a file, or asked for.")
@click.option("--url-file", type=A_FILE, help="A file whose first line is the address; without either it is asked for.")
@click.pass_obj
def webhook_add(settings: Settings, name: str, events: Sequence[str], url: str | None, url_file: Path | None) -> None:
    """Let a program, called NAME in lists, be told of events from now on.

    The secret that signs each call is printed once, alone on standard output: give it to whoever runs the program.
    """
    if url and url_file:
        raise click.UsageError("Give the address with --url or with --url-file, not with both.")
    address = url or (first_line(url_file) if url_file else str(click.prompt("Address", err=True)))
    wiring = ready(settings)
    made = wiring.engine.perform(add_webhook, name=name, url=address, kinds=events, at=wiring.clock())
    if not address.lower().startswith("https://") and not settings.webhook_private:
        click.echo("It is not called before LAJUR_WEBHOOK_PRIVATE is set: its address is not https.", err=True)
    click.echo(f"Webhook {made.number} is told from now on. Its secret, shown only now:", err=True)
    click.echo(made.name)


@webhook.command("list", short_help="Print who is told of what.")
@click.pass_obj
def webhook_list(settings: Settings) -> None:
    """Print every program that is told of events, or was, with its number; what stands behind ? in an address is left out."""
    wiring = ready(settings)
    with wiring.engine.reading(at=wiring.clock()) as reader:
        found = listeners_for_the_house(reader)
    for each in found:
        click.echo("  ".join(_told(each)))
    if not found:
        click.echo("No program is told of events.")


@webhook.command("end", short_help="Tell a program nothing any more.")
@click.argument("number", type=int)
@click.pass_obj
def webhook_end(settings: Settings, number: int) -> None:
    """Tell the program with this NUMBER nothing any more, not even what waits for it."""
    wiring = ready(settings)
    wiring.engine.perform(end_webhook, number, at=wiring.clock())
    click.echo(f"Webhook {number} is told nothing any more.")


@webhook.command("try", short_help="Call a program once, to see whether it arrives.")
@click.argument("number", type=int)
@click.pass_obj
def webhook_try(settings: Settings, number: int) -> None:
    """Call the program with this NUMBER once with nothing to tell; its page says what became of it."""
    wiring = ready(settings)
    wiring.engine.perform(try_webhook, number, at=wiring.clock())
    click.echo(f"Webhook {number} is called once.")


@webhook.command("rotate", short_help="Give a program a new secret.")
@click.argument("number", type=int)
@click.option(
    "--overlap",
    default=7,
    show_default=True,
    type=click.IntRange(0, LONGEST_OVERLAP.days),
    help="For how many days the one of now signs too; 0 where it has got out.",
)
@click.pass_obj
def webhook_rotate(settings: Settings, number: int, overlap: int) -> None:
    """Give the program with this NUMBER a new secret, which is printed once, alone on standard output."""
    wiring = ready(settings)
    made = wiring.engine.perform(rotate_webhook_secret, number, overlap=timedelta(days=overlap), at=wiring.clock())
    click.echo(f"Webhook {number} has a new secret; the one before signs too for {overlap} days.", err=True)
    click.echo(made.name)


@webhook.command("replay", short_help="Call a program again with what it was told.")
@click.argument("number", type=int)
@click.option("--since", required=True, type=MOMENT, help="2026-11-22T08:00, in UTC.")
@click.option("--until", required=True, type=MOMENT, help="Before this moment, in UTC.")
@click.pass_obj
def webhook_replay(settings: Settings, number: int, since: datetime, until: datetime) -> None:
    """Call the program with this NUMBER again with all that it was told in a span, each call under its own key."""
    wiring = ready(settings)
    span: dict[str, Any] = {"since": since.replace(tzinfo=UTC), "until": until.replace(tzinfo=UTC)}
    done = wiring.engine.perform(replay_dispatches, number, **span, at=wiring.clock())
    click.echo(f"Calls to be sent again: {done.number}.")


def _told(one: Listener) -> list[str]:
    address, sign, _ = one.url.partition("?")
    ended = [f"ended {one.ended_at:%Y-%m-%d}"] if one.ended_at else []
    failed = [f"given up: {one.failed}"] if one.failed else []
    return [str(one.number), one.name, address + (sign and "?…"), ", ".join(one.kinds), *failed, *ended]
