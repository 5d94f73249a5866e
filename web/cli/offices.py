"""The offices that cases run in: added, and put right."""

from __future__ import annotations

from collections.abc import Sequence

import click

from engine import add_office, change_office
from engine.domain.organisation import Office, OfficeKind
from engine.queries import offices
from sop_catalog.registers import regions
from web.cli.speaking import Code
from web.cli.wired import ready
from web.config import Settings
from web.wiring import Wiring


@click.group()
def office() -> None:
    """The offices that cases run in."""


@office.command("add", short_help="Add an office, or change it.")
@click.argument("code", type=Code())
@click.option("--name", required=True, help="As people call it: “BP3MI Papua Selatan”.")
@click.option("--city", required=True, help="Where it has its seat.")
@click.option("--province", required=True, help="The province of its seat, by its code: 93.")
@click.option("--zone", required=True, help="IANA: Asia/Jakarta, Asia/Makassar, Asia/Jayapura.")
@click.option("--phone", default="", help="What the people it serves may call; it stands on their slip.")
@click.option(
    "--kind",
    default="regional",
    show_default=True,
    type=click.Choice(["regional", "service-point"]),
    help="A BP3MI, or a service point such as a P4MI.",
)
@click.option("--like", default="", help="An office whose working week it has; without one, the national week.")
@click.option(
    "--area", "areas", multiple=True, help="A Kemendagri code of its working area; taken over from who had it."
)
@click.pass_obj
def office_add(settings: Settings, /, code: str, areas: Sequence[str], like: str, kind: str, **named: str) -> None:
    """Add an office under a CODE, or change it: from the next page on it can be chosen, and its posts can be filled."""
    if strange := sorted(set(areas) - {part for region in regions() for part in _around(region)}):
        raise click.ClickException(f"No regency, city or province has the code {', '.join(strange)}.")
    wiring = ready(settings)
    at = wiring.clock()
    with wiring.engine.begin(at=at) as work:
        add_office(work, Office(code, kind=OfficeKind(kind), **named), regions=areas, hours_like=like)
    click.echo(f"{code} is one of {_how_many(wiring)} offices now. Its working area: {', '.join(areas) or 'none yet'}.")
    if not named["phone"].strip():
        click.echo(f"It has no telephone yet, and slips can name none: lajur office phone {code} NUMBER")
    click.echo(f"Next: lajur officer add LOGIN --name … and lajur officer post LOGIN POST {code}")


@office.command("phone", short_help="Set what people may call.")
@click.argument("code", type=Code())
@click.argument("number")
@click.pass_obj
def office_phone(settings: Settings, code: str, number: str) -> None:
    """Say under which NUMBER the people whom the office CODE serves may call it; "" takes it away."""
    wiring = ready(settings)
    wiring.engine.perform(change_office, code, phone=number, at=wiring.clock())
    click.echo(f"{code} can be called under {number.strip()}." if number.strip() else f"{code} has no telephone now.")


def _around(region: str) -> list[str]:
    """A regency's code and that of its province."""
    parts = region.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)]


def _how_many(wiring: Wiring) -> int:
    with wiring.engine.reading(at=wiring.clock()) as reader:
        return len(offices(reader))
