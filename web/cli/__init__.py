"""The command line: `lajur WORD …`. It starts and asks; what is done is done by the packages below.

What a command does not need is not loaded: a second start is quick, and `lajur check` opens no database.
"""

from __future__ import annotations

import os

import click

from web.cli.groups import LoadedLate
from web.config import SettingError, read_settings
from web.version import version

COMMANDS = {
    "serve": "serving:serve",
    "worker": "working:worker",
    "settings": "looking:show_settings",
    "health": "looking:show_health",
    "audit": "looking:audit",
    "migrate": "database:migrate",
    "backup": "database:backup",
    "restore": "database:restore",
    "keys": "keys:keys",
    "admin": "officers:admin",
    "officer": "officers:officer",
    "sign-on": "sign_on:sign_on",
    "token": "officers:token",
    "webhook": "webhooks:webhook",
    "office": "offices:office",
    "pemda": "pemda:pemda",
    "calendar": "calendars:calendar",
    "figures": "figures:figures",
    "check": "drawings:check",
    "draw": "drawings:draw",
    "import": "exchange:bring",
    "export": "exchange:hand_out",
    "picture": "exchange:picture",
    "table": "tables:table",
    "sheet": "sheets:sheet",
    "demo": "demo:demo",
    "siskop2mi-simulator": "simulator:simulator",
}
"""The first word → the module of this folder that it is loaded from, and its name there."""


@click.group(cls=LoadedLate, places=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version() or "unknown", prog_name="lajur", help="Say which version this is.")
@click.pass_context
def main(context: click.Context) -> None:
    """Lajur: each SOP is a BPMN 2.0 diagram, and each case runs through it."""
    try:
        context.obj = read_settings(os.environ)
    except SettingError as wrong:
        raise click.ClickException(str(wrong)) from None
