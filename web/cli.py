"""The command line: `lajur WORD …`. It starts and asks; what is done is done by the packages below."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from web.config import SettingError, Settings, described, read_settings

if TYPE_CHECKING:
    pass


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lajur")
@click.pass_context
def main(context: click.Context) -> None:
    """Lajur: each SOP is a BPMN 2.0 diagram, and each case runs through it."""
    try:
        context.obj = read_settings(os.environ)
    except SettingError as wrong:
        raise click.ClickException(str(wrong)) from None


@main.command()
@click.pass_obj
def settings(settings: Settings) -> None:
    """Print every setting, its value and what it does."""
    for name, default, meaning in described():
        value = getattr(settings, name.removeprefix("LAJUR_").lower())
        shown = "" if value is None else str(value)
        if name == "LAJUR_DATABASE_URL":
            shown = _without_password(shown)
        changed = "" if shown == default else "  (set)"
        click.echo(f"{name}={shown}{changed}\n    {meaning}")


def _without_password(url: str) -> str:
    before, at, after = url.rpartition("@")
    return f"{before.rsplit(':', 1)[0]}:***@{after}" if at and before.count(":") > 1 else url
