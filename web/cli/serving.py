"""Making everything ready and serving it, with the worker beside."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, NoReturn

import click
from waitress import create_server  # type: ignore[import-untyped] # it comes without types

from engine.worker import Worker
from sop_catalog.publishing import publish_due
from web.app import create_app
from web.cli.first_start import make_ready
from web.cli.speaking import tell
from web.config import Settings
from web.logs import start
from web.wiring import Wiring, both_interpreters


@click.command(short_help="Make everything ready, then serve.")
@click.pass_obj
def serve(settings: Settings) -> None:
    """Make everything ready, then serve until Ctrl+C. (Siapkan semuanya, lalu layani.)"""
    begun = time.monotonic()
    wiring = make_ready(settings)
    start(settings.log_level, settings.log_format)
    try:
        server = create_server(
            create_app(wiring),
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            ident="",
            max_request_body_size=21_000_000,
            **_proxy(settings),
        )
    except OSError as taken:
        raise click.ClickException(
            f"{settings.host}:{settings.port} cannot be listened on ({taken.strerror}). Set LAJUR_PORT to another port."
        ) from None
    worker = Worker(wiring.engine, beside=(_drafts_due(wiring), lambda at: wiring.engine.check_trail(at=at)))
    worker.start()
    tell(f"Lajur: [bold]{settings.address}[/bold]  (ready after {time.monotonic() - begun:.1f} s; Ctrl+C stops it)")
    signal.signal(signal.SIGTERM, _stop)
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        worker.stop()
        server.close()
        wiring.engine.close()


def _drafts_due(wiring: Wiring) -> Callable[[datetime], int]:
    """What puts owners' approved drafts in force on their day; the second interpreter is loaded only when there is one."""

    def put(at: datetime) -> int:
        return publish_due(wiring.engine, at=at, interpreters=lambda: both_interpreters(wiring.settings.interpreter))

    return put


def _stop(*_: object) -> NoReturn:
    raise SystemExit(0)


def _proxy(settings: Settings) -> dict[str, Any]:
    """Take a proxy's word on where a request comes from, and only that proxy's."""
    if not settings.trusted_proxy:
        return {}
    headers = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}
    return {
        "trusted_proxy": settings.trusted_proxy,
        "trusted_proxy_headers": headers,
        "clear_untrusted_proxy_headers": True,
    }
