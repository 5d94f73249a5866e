"""What the command line says and asks for: a line of progress, a secret, a day, a code."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console

_IN_QUERY = re.compile(r"(?i)((?:^|[?&])password=)[^&]*")


def tell(text: str) -> None:
    """Say how far it is."""
    Console(highlight=False, soft_wrap=True).print(f"· {text}")


def without_password(url: str) -> str:
    """The address of a database as anybody may read it."""
    before, at, after = url.rpartition("@")
    shown = f"{before.rsplit(':', 1)[0]}:***@{after}" if at and before.count(":") > 1 else url
    return _IN_QUERY.sub(r"\1***", shown)


def secret(file: Path | None, what: str, *, confirm: bool = False) -> str:
    """Ask for it, or read it where nobody sits there to be asked."""
    if file is None:
        asked: str = click.prompt(what, hide_input=True, confirmation_prompt=confirm)
        return asked
    return first_line(file)


def first_line(file: Path) -> str:
    """What stands in the first line of a file; empty where there is none."""
    try:
        lines = file.read_text().splitlines()
    except UnicodeDecodeError:
        raise click.ClickException(f"{file} is not a text file.") from None
    return lines[0].strip() if lines else ""


class Day(click.ParamType[date]):
    """A day as people here write it to a program."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read it, or say what a day looks like."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}” is not a day. Write it like 2026-11-22.", param, ctx)


class Code(click.ParamType[str]):
    """A code of the house, such as an office's: it stands in addresses and is never used again."""

    name = "code"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take it as it is, or say what a code looks like."""
        if re.fullmatch(r"[a-z0-9][a-z0-9-]{1,39}", str(value)):
            return str(value)
        return self.fail(f"“{value}” is not a code. Use small letters, digits and hyphens: bp3mi-papsel.", param, ctx)


A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
"""A file that is there."""
