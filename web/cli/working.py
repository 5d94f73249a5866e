"""What happens by itself, as a program of its own: `lajur worker`, as many as wanted beside the web."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import click

from engine.worker import Hearing, Jobs, Mail, NotAServer, Placements, Reporting, Way, Webhooks, Worker
from sop_catalog.figures import prepare_due
from sop_catalog.publishing import publish_due
from web.cli.speaking import tell
from web.cli.wired import ready
from web.config import Settings
from web.logs import start
from web.telling import Letters
from web.wiring import Wiring, both_interpreters

LOOKS_FOR_FIGURES = timedelta(hours=1)


def worker_of(wiring: Wiring) -> Worker:
    """A worker over this program's database, with what the catalogue has to do by itself beside."""
    beside = (_drafts_due(wiring), lambda at: wiring.engine.check_trail(at=at), _figures_due(wiring))
    jobs = Jobs.of(wiring.engine, wiring.clock)
    senders = (_mail(wiring), _webhooks(wiring))
    return Worker(wiring.engine, wiring.clock, beside=beside, jobs=jobs, senders=senders, ways=_placements(wiring))


@click.command(short_help="Do what happens by itself, beside the web.")
@click.pass_obj
def worker(settings: Settings) -> None:
    """Let time pass, climb ladders, deliver: until Ctrl+C. Any number may run beside the web on PostgreSQL."""
    wiring = ready(settings)
    start(settings.log_level, settings.log_format)
    stopping = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stopping.set())
    one = worker_of(wiring)
    one.start()
    tell("Lajur's worker is at work (Ctrl+C stops it)")
    while one.alive and not stopping.wait(1):
        pass
    one.stop()
    if not stopping.is_set():
        raise click.ClickException("The worker has ended by itself; what it met stands in the log.")


def _figures_due(wiring: Wiring) -> Callable[[datetime], int]:
    """What makes the public figures of the last month once its day has come; it looks once an hour."""
    looked: list[datetime] = []

    def make(at: datetime) -> int:
        if looked and at - looked[-1] < LOOKS_FOR_FIGURES:
            return 0
        looked[:] = [at]
        return prepare_due(wiring.engine, at=at)

    return make


def _mail(wiring: Wiring) -> Mail:
    settings = wiring.settings
    host = urlsplit(settings.address).hostname or "lajur"
    try:
        return Mail(settings.smtp_url, sender=settings.smtp_from, host=host, write=Letters(settings))
    except NotAServer as wrong:
        raise click.ClickException(f"LAJUR_SMTP_URL and LAJUR_SMTP_FROM must be {wrong}.") from None


def _webhooks(wiring: Wiring) -> Webhooks:
    return Webhooks(private=wiring.settings.webhook_private)


def _placements(wiring: Wiring) -> dict[str, Way]:
    """What goes to the placement system by itself: nothing where files are carried."""
    settings = wiring.settings
    if settings.siskop2mi != "rest":
        return {}
    token = settings.siskop2mi_token
    if not settings.siskop2mi_url or token is None or not token.is_file():
        raise click.ClickException("LAJUR_SISKOP2MI=rest needs LAJUR_SISKOP2MI_URL, and a file LAJUR_SISKOP2MI_TOKEN.")
    line = Placements(settings.siskop2mi_url, lambda: _first_of(token), private=settings.siskop2mi_private)
    return {
        "siskop2mi": Reporting(wiring.engine, line, wiring.clock),
        "siskop2mi-news": Hearing(wiring.engine, line, wiring.clock),
    }


def _first_of(file: Path) -> str:
    """The first line of a file, read anew. Raises OSError, ValueError."""
    lines = file.read_text().splitlines()
    return lines[0].strip() if lines else ""


def _drafts_due(wiring: Wiring) -> Callable[[datetime], int]:
    """What puts owners' approved drafts in force on their day; the second interpreter is loaded only when there is one."""

    def put(at: datetime) -> int:
        return publish_due(wiring.engine, at=at, interpreters=lambda: both_interpreters(wiring.settings.interpreter))

    return put
