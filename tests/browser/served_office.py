"""Lajur as it is served: on a port of its own, over a small office of its own. Not a mock of anything but the time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from waitress.server import create_server  # type: ignore[import-untyped]

from engine import Engine, verify_audit
from engine.worker import Worker
from tests.web.one_app import app_over, with_one_library
from web.app import create_app
from web.config import Settings
from web.wiring import wire

BEGUN = datetime(2026, 11, 18, 2, 30, tzinfo=UTC)
"""A Wednesday, 09.30 in Surabaya."""
HERE, ORIGIN = "jatim", "jateng"
"""The office that has the case, and that of the province where the person is at home."""

OPEN = {
    "work items": "select name from work_item where state in ('ready', 'reserved')",
    "timers": "select element from timer",
    "messages waited for": "select message from subscription",
    "cases": "select number from \"case\" where state <> 'completed'",
    "snapshots": 'select number from "case" where length(snapshot) > 0',
    "dispositions": "select kind from disposition where state <> 'closed'",
    "announcements": "select kind from announcement where state in ('pending', 'failed')",
    "incidents": "select event from incident where state = 'open'",
    "disputed facts": "select name from fact where disputed is not null and disputed <> 'null'",
}
"""What a table holds of work that is not done, and how it is asked for."""


@dataclass
class Clock:
    """The time of day in the office: it runs, and it can be turned on."""

    ahead: timedelta = timedelta()
    started: float = field(default_factory=time.monotonic)

    def __call__(self) -> datetime:
        return BEGUN + self.ahead + timedelta(seconds=time.monotonic() - self.started)


@dataclass
class ServedOffice:
    """One running Lajur."""

    address: str
    engine: Engine
    clock: Clock

    def let_pass(self, **span: float) -> None:
        """Turn the clock on, and let the worker do what has become due."""
        self.clock.ahead += timedelta(**span)
        Worker(self.engine, self.clock).work_once()

    def rows(self, question: str, **given: Any) -> list[Any]:
        """What the tables hold, whatever the pages say."""
        with self.engine.reading(at=self.clock()) as reader:
            return [tuple(each) for each in reader.connection.execute(sa.text(question), given)]

    def left_open(self) -> dict[str, list[Any]]:
        """Everything in any table that still waits for somebody or something."""
        return {name: found for name, question in OPEN.items() if (found := self.rows(question))}

    def audit_breaks(self) -> list[Any]:
        with self.engine.reading(at=self.clock()) as reader:
            return list(verify_audit(reader.connection))


_SERVED: list[Flask] = []


@contextmanager
def serve(place: Path) -> Iterator[ServedOffice]:
    """Serve the office in this folder for as long as it is needed."""
    clock = Clock()
    wiring = with_one_library(wire(Settings(data_dir=place), clock=clock))
    sockets: dict[int, Any] = {}
    app = create_app(wiring) if _SERVED else app_over(wiring)  # two at once are two programs
    _SERVED.append(app)
    server = create_server(app, map=sockets, host="127.0.0.1", port=0, threads=4, ident="")
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield ServedOffice(f"http://127.0.0.1:{server.effective_port}", wiring.engine, clock)
    finally:
        server.trigger.pull_trigger(lambda: [each.close() for each in list(sockets.values())])
        thread.join(10)
        server.task_dispatcher.shutdown()
        _SERVED.remove(app)
        wiring.engine.close()
