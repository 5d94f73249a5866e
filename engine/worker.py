"""The loop beside the web: lets time pass in cases, and hands what was announced to delivery.

It asks the clock, which nothing below it does. Any number of workers may run at once: each thing is done under the lock
of its case, by whoever comes first. See `docs/services/timers.md`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from engine.commands.pass_time import pass_time
from engine.delivery import deliver
from engine.errors import Refusal, Unavailable
from engine.runtime import Engine, Unexpected
from engine.storage.waits import DueTimer

LONGEST_SLEEP = timedelta(seconds=5)
"""Another process may have stored something earlier without being able to ring our bell."""
TIDIES_EVERY = timedelta(hours=1)
SIGNS_EVERY = timedelta(seconds=30)
"""How often it leaves a sign that it lives, for `lajur health` and the page of the house."""
PAUSE_AFTER_FAILURE = timedelta(minutes=5)

log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """What the time is."""
    return datetime.now(UTC)


class Worker:
    """One thread that does what is due."""

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime] = utc_now,
        *,
        beside: Sequence[Callable[[datetime], int]] = (),
    ) -> None:
        """Do nothing yet. What is `beside` the engine is asked each time what it had to do by then, and says how much."""
        self._engine = engine
        self._beside = beside
        self._clock = clock
        self._stopping = threading.Event()
        self._paused: dict[int, datetime] = {}
        self._tidied: datetime | None = None
        self._signed: datetime | None = None
        self._thread = threading.Thread(target=self._loop, name="lajur-worker", daemon=True)

    def start(self) -> None:
        """Begin to work beside whoever calls."""
        self._thread.start()

    def stop(self, timeout: float = 10) -> None:
        """Finish what is in hand, and end."""
        self._stopping.set()
        self._engine.ring()
        self._thread.join(timeout)

    def work_once(self) -> int:
        """Do everything that is due now. Returns how many things were done. Raises Unavailable."""
        now = self._clock()
        done = 0
        cases: set[int] = set()
        for timer in self._engine.due(at=now):
            if timer.case is None or timer.case not in cases:
                done += self._let_pass(timer, now)
                cases |= {timer.case} if timer.case is not None else set()
        done += sum(deliver(self._engine, told, at=now) for told in self._engine.announced(at=now))
        return done + sum(each(now) for each in self._beside)

    def _let_pass(self, timer: DueTimer, now: datetime) -> int:
        if self._paused.get(timer.number, now) > now:
            return 0
        try:
            start = timer.number if timer.case is None else None
            self._engine.perform(pass_time, case=timer.case, timer=start, at=now)
        except Unavailable:
            raise
        except Refusal as refusal:
            if not isinstance(refusal, Unexpected):
                self._engine.note_incident(refusal, case=timer.case, event="pass_time", at=now)
            if timer.case is None:
                self._paused[timer.number] = now + PAUSE_AFTER_FAILURE
            return 0
        return 1

    def _tidy(self, now: datetime) -> None:
        if self._tidied is None or now - self._tidied > TIDIES_EVERY:
            self._tidied = now
            self._engine.tidy(at=now)

    def _sign(self, now: datetime) -> None:
        if self._signed is None or now - self._signed >= SIGNS_EVERY:
            self._signed = now
            self._engine.leave_sign("worker", at=now)
            self._engine.seal_accesses()

    def _loop(self) -> None:
        seen = self._engine.wait_for_bell(-1, 0)
        while not self._stopping.is_set():
            sleep = LONGEST_SLEEP
            try:
                busy = self.work_once()
                now = self._clock()
                self._sign(now)
                if busy:
                    continue
                self._tidy(now)
                due = self._engine.next_instant(at=now)
                sleep = LONGEST_SLEEP if due is None else min(max(due - now, timedelta(0)), LONGEST_SLEEP)
            except Unavailable as trouble:
                log.warning("worker_waits: %s", trouble)
            except Exception:  # the loop must outlive whatever one turn of it meets
                log.exception("worker_failed")
            seen = self._engine.wait_for_bell(seen, sleep.total_seconds())
