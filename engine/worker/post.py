"""The post: a thread for each way out of the house, so that a server which is slow or down holds up nothing but its own.

It sleeps like the worker beside it, and is woken by the same bell. Not a job of `procrastinate`: why is told in
`docs/services/notices.md`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from engine.delivery import Way
from engine.errors import Unavailable
from engine.runtime import Engine

LONGEST_SLEEP = timedelta(seconds=10)
"""Where another process may have stored something without being able to ring the bell."""

log = logging.getLogger(__name__)


class Post:
    """One way out, and the thread that sends what goes by it."""

    def __init__(self, engine: Engine, name: str, way: Way, clock: Callable[[], datetime]) -> None:
        """Send nothing yet."""
        self._engine = engine
        self._clock = clock
        self._way = way
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._loop, name=f"lajur-{name}", daemon=True)

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def stop(self) -> None:
        """Send no more once what is in hand has been sent; the bell has to be rung."""
        self._stopping.set()

    def join(self, timeout: float) -> None:
        """Wait until it has ended."""
        self._thread.join(timeout)

    def _loop(self) -> None:
        seen = self._engine.wait_for_bell(-1, 0)
        while not self._stopping.is_set():
            sleep = LONGEST_SLEEP
            try:
                if self._way.work(self._clock()):
                    continue
                now = self._clock()
                due = self._way.next_at(now)
                sleep = LONGEST_SLEEP if due is None else min(max(due - now, timedelta(0)), LONGEST_SLEEP)
            except Unavailable as trouble:
                log.warning("post_waits: %s", trouble)
            except Exception:  # the loop must outlive whatever one turn of it meets
                log.exception("post_failed")
            seen = self._engine.wait_for_bell(seen, sleep.total_seconds())
