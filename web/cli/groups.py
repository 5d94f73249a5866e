"""How the first word of a command finds its module, and how what cannot be done is told: in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from engine.errors import Refusal


class LoadedLate(click.Group):
    """A group whose commands are loaded when they are asked for, and whose refusals are one sentence, not a stack."""

    def __init__(self, *args: Any, places: Mapping[str, str], **more: Any) -> None:
        """Take where each command is: `module:name` below this folder."""
        super().__init__(*args, **more)
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every first word, in the order of its work rather than of the alphabet."""
        del ctx
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command; None for a word that is none."""
        del ctx
        if cmd_name not in self.places:
            return None
        module, name = self.places[cmd_name].split(":")
        found: click.Command = getattr(import_module(f"{__package__}.{module}"), name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; tell plainly what was refused, or which file could not be used, and leave with 1."""
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            raise click.ClickException(refusal.sentence()) from None
        except OSError as wrong:
            if wrong.filename is None:
                raise
            raise click.ClickException(f"{wrong.filename} cannot be used: {wrong.strerror}.") from None
