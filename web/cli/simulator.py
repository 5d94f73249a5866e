"""The stand-in for the placement system, as a program of its own."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from web.cli.speaking import first_line, tell
from web.config import Settings
from web.simulator import Fault, Faults, Simulator


class _Rate(click.ParamType[tuple[str, float]]):
    """A fault and how often it happens."""

    name = "FAULT=RATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, float]:
        """Read it, or say what one looks like."""
        name, _, rate = str(value).partition("=")
        try:
            Faults({name: float(rate)})
        except ValueError:
            self.fail(f"“{value}” is not like slow=0.2. The faults are {', '.join(Fault)}.", param, ctx)
        return name, float(rate)


@click.command(short_help="Serve a stand-in for SISKOP2MI.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address that is listened on.")
@click.option("--port", default=8010, show_default=True, help="The port; 0 takes a free one.")
@click.option("--webhook", default="", help="Where events are sent at once; without it Lajur asks for them.")
@click.option("--file", type=click.Path(dir_okay=False, path_type=Path), help="Where it keeps what it has.")
@click.option("--fault", "rates", multiple=True, type=_Rate(), help="Fail on purpose: slow=0.2. Once for each fault.")
@click.option("--seed", default=1, show_default=True, help="The same seed fails the same way.")
@click.option("--slow-seconds", default=30.0, show_default=True, help="How long a slow answer takes.")
@click.pass_obj
def simulator(
    settings: Settings,
    host: str,
    port: int,
    webhook: str,
    file: Path | None,
    rates: Sequence[tuple[str, float]],
    seed: int,
    slow_seconds: float,
) -> None:
    """Serve a stand-in for SISKOP2MI until Ctrl+C, by the contract that Lajur assumes: for tests and training.

    It asks for the token and signs with the secret that LAJUR_SISKOP2MI_TOKEN and LAJUR_SISKOP2MI_SECRET name, as Lajur
    itself does; without a token it lets everybody in. It never opens the database.
    """
    token = first_line(settings.siskop2mi_token) if settings.siskop2mi_token else ""
    secret = first_line(settings.siskop2mi_secret) if settings.siskop2mi_secret else ""
    if webhook and not secret:
        raise click.ClickException("Set LAJUR_SISKOP2MI_SECRET to a file: events that are sent have to be signed.")
    one = Simulator(
        Faults(dict(rates), seed=seed), token=token, webhook=webhook, secret=secret, file=file, slow=slow_seconds
    )
    try:
        server = one.server(host, port)
    except (OSError, SystemExit):
        raise click.ClickException(f"{host}:{port} cannot be listened on. Choose another --port.") from None
    tell(f"SISKOP2MI simulator: [bold]http://{host}:{server.server_port}[/bold]  (Ctrl+C stops it)")
    signal.signal(signal.SIGTERM, _stop)
    try:
        server.serve_forever()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        server.server_close()


def _stop(*_: object) -> NoReturn:
    raise SystemExit(0)
