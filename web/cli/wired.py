"""The program put together for one command, and taken apart when the command is over."""

from __future__ import annotations

import click

from web.config import Settings
from web.wiring import Wiring, wire


def wired(settings: Settings, *, create: bool = False) -> Wiring:
    """Put the program together over a database that may be of any shape yet; `create` lets the embedded one be made."""
    wiring = wire(settings, create=create)
    click.get_current_context().call_on_close(wiring.engine.close)
    return wiring


def ready(settings: Settings) -> Wiring:
    """Put the program together over a database that it can work with. Refuses one that is missing, older or newer."""
    wiring = wired(settings)
    wiring.engine.check()
    return wiring
