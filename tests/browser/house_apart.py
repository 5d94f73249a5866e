"""Lajur as a process of its own, web and worker, over an office on this disk: everything is real but the time of day.

A test speaks to it by its pages. Beside them it may turn the clock on, and look into the tables.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from waitress.server import create_server  # type: ignore[import-untyped] # it comes without types

from tests.browser.served_office import Clock, ServedOffice
from tests.web.one_app import with_one_library
from tests.web.simulator.served import bare_environment
from web.app import create_app
from web.cli.working import worker_of
from web.config import Settings, read_settings
from web.logs import start
from web.wiring import wire

ROOT = Path(__file__).parents[2]


class HouseApart(ServedOffice):
    """The other process, as a test sees it. Its clock runs as the test's own does, and is turned on together with it."""

    _child: subprocess.Popen[str]

    def let_pass(self, **span: float) -> None:
        """Turn the clock on in both processes; the worker over there is woken, and does what has become due."""
        self.clock.ahead += timedelta(**span)
        self.wake()

    def wake(self) -> None:
        """Tell the time, so that the worker looks again."""
        assert self._child.stdin
        assert self._child.stdout
        self._child.stdin.write(f"{self.clock.ahead.total_seconds()}\n")
        self._child.stdin.flush()
        self._child.stdout.readline()


@contextmanager
def served_apart(place: Path, environment: Mapping[str, str]) -> Iterator[HouseApart]:
    """Serve the office in this folder for as long as it is needed."""
    clock = Clock()
    given = {**bare_environment(), "LAJUR_DATA_DIR": str(place), "LAJUR_LOG_LEVEL": "warning", **environment}
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.browser.house_apart", str(clock.started)],
        cwd=ROOT,
        env=given,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    wiring = with_one_library(wire(Settings(data_dir=place), clock=clock))
    try:
        assert child.stdout
        port = child.stdout.readline().strip()
        assert port.isdecimal(), "the house did not begin to serve"
        house = HouseApart(f"http://127.0.0.1:{port}", wiring.engine, clock)
        house._child = child
        yield house
    finally:
        wiring.engine.close()
        child.terminate()
        child.communicate(timeout=30)


def main() -> None:
    """Serve until whoever started this ends it; each line that comes says how far the clock is ahead."""
    clock = Clock(started=float(sys.argv[1]))
    settings = read_settings(os.environ)
    start(
        settings.log_level, settings.log_format
    )  # beside what is said to the test: a pipe that nobody empties fills up
    wiring = wire(settings, clock=clock)
    server = create_server(create_app(wiring), host="127.0.0.1", port=0, threads=4, ident="")
    threading.Thread(target=server.run, daemon=True).start()
    worker = worker_of(wiring)
    worker.start()
    _say(server.effective_port)
    for line in sys.stdin:
        clock.ahead = timedelta(seconds=float(line))
        wiring.engine.ring()
        _say("woken")
    worker.stop()


def _say(said: object) -> None:
    """Tell the test, a line at a time."""
    sys.stdout.write(f"{said}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
