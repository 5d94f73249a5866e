"""The key ring: turned, carried through the database, and freed of keys that nothing stands under."""

from __future__ import annotations

import click

from engine import cells_under, drop_key, rotate_keys, turn_key_ring
from web.cli.wired import ready
from web.config import Settings
from web.wiring import Wiring


@click.group(short_help="The keys of persons' data.")
def keys() -> None:
    """The key ring, with which persons' data is encrypted."""


@keys.command("rotate", short_help="Add a key and encrypt all with it.")
@click.pass_obj
def keys_rotate(settings: Settings) -> None:
    """Add a new key and encrypt everything with it, while the program runs on. Earlier keys stay for earlier backups."""
    if not settings.key_ring.exists():
        raise click.ClickException(f"There is no key ring at {settings.key_ring}.")
    ready(settings)
    turned = turn_key_ring(settings.key_ring)
    click.echo(f"New key {turned.current} in {settings.key_ring}: put it into the next backup.")
    _carry_on(ready(settings))


@keys.command("resume", short_help="Go on with a rotation.")
@click.pass_obj
def keys_resume(settings: Settings) -> None:
    """Go on with a rotation that was interrupted; no new key is added."""
    _carry_on(ready(settings))


@keys.command("retire", short_help="Take an earlier key out of the ring.")
@click.argument("key")
@click.pass_obj
def keys_retire(settings: Settings, key: str) -> None:
    """Take an earlier KEY out of the ring, once nothing in the database stands under it."""
    wiring = ready(settings)
    with wiring.engine.reading(at=wiring.clock()) as reader:
        left = cells_under(reader.connection, key)
    if left:
        raise click.ClickException(f"{left} cells still stand under {key}. Run `lajur keys resume` first.")
    try:
        drop_key(settings.key_ring, key)
    except KeyError:
        raise click.ClickException(f"The key ring holds no key {key}.") from None
    except ValueError:
        raise click.ClickException(f"{key} is the current key. Run `lajur keys rotate` first.") from None
    click.echo(f"{key} is no longer in {settings.key_ring}. Earlier backups keep it in their own ring.")


def _carry_on(wiring: Wiring) -> None:
    done = 0
    while number := wiring.engine.perform(rotate_keys, at=wiring.clock()).number:
        done += number
    click.echo(f"{done} cells were encrypted anew; none is left under an earlier key.")
