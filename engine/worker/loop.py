"""The loop: does what is due, and sleeps until the next instant at which something is.

Rung by the bell when something is stored that is due before that: within the process always, from others on PostgreSQL.
See `docs/services/worker.md`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from engine.delivery import Sender, Sending, Way
from engine.errors import Refusal, Unavailable
from engine.runtime import Engine
from engine.worker.arrivals import Arrivals
from engine.worker.deliveries import deliver_due
from engine.worker.housekeeping import Housekeeping
from engine.worker.jobs import Jobs
from engine.worker.passing_time import PassingTime
from engine.worker.post import Post
from engine.worker.recounting import Recounting

LONGEST_SLEEP = timedelta(seconds=5)
"""Where another process may have stored something earlier without being able to ring our bell."""
LONGEST_SLEEP_WITH_BELL = timedelta(seconds=30)
"""It leaves its sign of life that often anyway. Below `engine.runtime.SOON`, from which on nobody rings."""
BREATH = timedelta(milliseconds=200)
"""After which it looks again at what somebody else had in hand."""

log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """What the time is."""
    return datetime.now(UTC)


class Worker:
    """One worker: on SQLite a thread, on PostgreSQL two more, which hear the bell and carry out jobs."""

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime] = utc_now,
        *,
        beside: Sequence[Callable[[datetime], int]] = (),
        jobs: Jobs | None = None,
        senders: Sequence[Sender] = (),
        ways: Mapping[str, Way] | None = None,
    ) -> None:
        """Do nothing yet. What is `beside` the engine is asked each time what it had to do by then, and says how much.

        Each of the `ways`, by its name, gets a thread of its own: what speaks with others may be slow.
        """
        self._engine = engine
        self._beside = beside
        self._clock = clock
        self._jobs = jobs
        self._recounting = Recounting(engine)
        posts: dict[str, Way] = {each.channel.value: Sending(engine, each) for each in senders} | dict(ways or {})
        self._posts = [Post(engine, name, way, clock) for name, way in posts.items()]
        self._passing = PassingTime(engine)
        self._arrivals = Arrivals(engine)
        self._house = Housekeeping(engine)
        self._stopping = threading.Event()
        self._hears = threading.Event()
        self._threads = [threading.Thread(target=self._loop, name="lajur-worker", daemon=True)]
        if not engine.database.sqlite:
            self._threads.append(threading.Thread(target=self._listen, name="lajur-bell", daemon=True))
        if jobs:
            self._threads.append(threading.Thread(target=self._carry_out, name="lajur-jobs", daemon=True))

    def start(self) -> None:
        """Begin to work beside whoever calls."""
        for each in self._threads:
            each.start()
        for post in self._posts:
            post.start()

    def stop(self, timeout: float = 10) -> None:
        """Finish what is in hand, and end."""
        self._stopping.set()
        for post in self._posts:
            post.stop()
        self._engine.ring()
        if self._jobs:
            self._jobs.stop()
        for each in self._threads:
            each.join(timeout)
        for post in self._posts:
            post.join(timeout)

    @property
    def alive(self) -> bool:
        """Whether it is at work."""
        return self._threads[0].is_alive()

    def work_once(self) -> int:
        """Do everything that is due now. Returns how many things were done. Raises Unavailable."""
        now = self._clock()
        done = self._recounting.work(now)
        done += self._passing.work(now)
        done += self._arrivals.work(now)
        done += deliver_due(self._engine, now, by_jobs=self._jobs is not None)
        return done + sum(each(now) for each in self._beside)

    def _loop(self) -> None:
        seen = self._engine.wait_for_bell(-1, 0)
        while not self._stopping.is_set():
            sleep = LONGEST_SLEEP
            try:
                if self._turn():
                    continue
                sleep = self._sleep()
            except Unavailable as trouble:
                log.warning("worker_waits: %s", trouble)
            except Exception:  # the loop must outlive whatever one turn of it meets
                log.exception("worker_failed")
            seen = self._engine.wait_for_bell(seen, sleep.total_seconds())

    def _turn(self) -> bool:
        """Do what is due; tidy up where nothing was. Returns whether to look again at once."""
        busy = self.work_once()
        now = self._clock()
        self._house.sign(now)
        if not busy and not self._passing.left:
            self._house.tidy(now)
        return busy > 0

    def _sleep(self) -> timedelta:
        """How long to sleep: until the next instant at which something is due, and never very long."""
        if self._passing.left or self._recounting.left:
            return BREATH
        now = self._clock()
        longest = LONGEST_SLEEP_WITH_BELL if self._hears.is_set() else LONGEST_SLEEP
        due = self._engine.next_instant(at=now)
        return longest if due is None else min(max(due - now, timedelta(0)), longest)

    def _listen(self) -> None:
        while not self._stopping.is_set():
            try:
                self._hears.set()
                self._engine.listen(lambda: not self._stopping.is_set())
            except Refusal as trouble:
                log.warning("bell_unheard: %s", trouble)
            except Exception:  # without the bell there are still the looks every few seconds
                log.exception("bell_failed")
            self._hears.clear()
            self._stopping.wait(LONGEST_SLEEP.total_seconds())

    def _carry_out(self) -> None:
        while self._jobs and not self._stopping.is_set():
            try:
                self._jobs.run()
            except Exception:  # what has no job is found in the rows
                log.exception("jobs_failed")
            self._stopping.wait(LONGEST_SLEEP.total_seconds())
