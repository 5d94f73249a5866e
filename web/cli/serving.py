"""Making everything ready and serving it, with a worker beside."""

from __future__ import annotations

import signal
import time
from threading import Thread
from typing import Any, NoReturn

import click
from waitress import create_server  # type: ignore[import-untyped] # it comes without types

from engine.worker import Jobs
from web.app import create_app
from web.catalog.looking import warm
from web.cli.first_start import make_ready
from web.cli.speaking import tell
from web.cli.working import worker_of
from web.config import Settings
from web.logs import start


@click.command(short_help="Make everything ready, then serve.")
@click.pass_obj
def serve(settings: Settings) -> None:
    """Make everything ready, then serve until Ctrl+C. (Siapkan semuanya, lalu layani.)"""
    begun = time.monotonic()
    wiring = make_ready(settings)
    start(settings.log_level, settings.log_format)
    try:
        app = create_app(wiring)
        server = create_server(
            app,
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
    worker = worker_of(wiring) if settings.worker == "beside" else None
    if worker:
        worker.start()
    else:
        Jobs.of(wiring.engine, wiring.clock)  # what is announced here wakes those who deliver
    Thread(target=warm, args=(app, wiring.engine, wiring.clock()), name="catalogue", daemon=True).start()
    tell(f"Lajur: [bold]{settings.address}[/bold]  (ready after {time.monotonic() - begun:.1f} s; Ctrl+C stops it)")
    signal.signal(signal.SIGTERM, _stop)
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        if worker:
            worker.stop()
        server.close()
        wiring.engine.close()


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
