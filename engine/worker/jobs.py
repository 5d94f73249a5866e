"""Jobs of `procrastinate`, on PostgreSQL: they wake whoever is free to deliver, and one worker's jobs outlive it.

A job is put there in the transaction that announces something, on its own connection; it says which case to look at and
nothing else. What is to be done stands in our rows, so a job that is lost, doubled or late harms nothing: the loop looks
for what was overlooked. Timers are not jobs; why is told in `docs/services/jobs.md`. Only this module knows the library.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import psycopg

from engine.errors import Unavailable
from engine.runtime import Engine
from engine.worker.deliveries import deliver_case

if TYPE_CHECKING:
    from procrastinate import App, BaseRetryStrategy
    from procrastinate.jobs import Job

    from engine.storage import UnitOfWork

SCHEMA: Final = "lajur_jobs"
"""PostgreSQL's schema of the library's tables. A backup leaves it out: what is in it can be made anew from our rows."""
_PATH: Final = f"SET LOCAL search_path TO {SCHEMA}, public"
QUEUE, DELIVER = "deliveries", "deliver"
AT_ONCE = 4
"""Deliveries at the same time: a mail server that is slow holds up no other."""
DEAD_AFTER = 30.0
"""Seconds without a heartbeat, after which a worker's jobs go to the others."""

MOST_TRIES = 20
"""Of one job; how often a delivery is tried stands in its row, and is less."""

log = logging.getLogger(__name__)


class Later(Exception):
    """Something of a case has to be tried again; told to the library, not to a person."""

    def __init__(self, until: datetime) -> None:
        """Keep when."""
        super().__init__(until.isoformat())
        self.until = until


def prepare_jobs(engine: Engine) -> None:
    """Give the library its tables, in a schema of their own. Those of another version go: no job is worth keeping."""
    if engine.database.sqlite:
        return
    from procrastinate.schema import SchemaManager  # noqa: PLC0415 - SQLite needs nothing of it

    with psycopg.connect(engine.database.conninfo) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [SCHEMA])
        if _version_of(connection) == _version():
            return
        for each in (f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE", f"CREATE SCHEMA {SCHEMA}", _PATH):
            connection.execute(each.encode())
        connection.execute(SchemaManager.get_schema().encode(), prepare=False)
        connection.execute(f"COMMENT ON SCHEMA {SCHEMA} IS '{_version()}'".encode())


class Jobs:
    """The jobs of one process: those it puts there, and those it carries out."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        """Put jobs there from now on for whatever this engine announces. Carry out none yet."""
        from procrastinate import App, SyncPsycopgConnector  # noqa: PLC0415 - 0.2 s that SQLite need not pay

        self._engine = engine
        self._clock = clock
        self._to_defer = App(connector=SyncPsycopgConnector())
        self._stop: Callable[[], None] = lambda: None
        engine.enqueue = self.enqueue

    @classmethod
    def of(cls, engine: Engine, clock: Callable[[], datetime]) -> Jobs | None:
        """Those of a database that has the library's tables; None on SQLite, and before `lajur migrate`."""
        if engine.database.sqlite:
            return None
        with psycopg.connect(engine.database.conninfo) as connection:
            found = _version_of(connection)
        if found != _version():
            log.warning("jobs_unknown: expected %s, found %s; lajur migrate makes them", _version(), found or "none")
            return None
        return cls(engine, clock)

    def enqueue(self, work: UnitOfWork) -> None:
        """Put a job there for each case for which something is to go out, as part of this unit of work."""
        driver: Any = work.connection.connection.driver_connection
        driver.execute(_PATH)
        for case in sorted(work.announcements.cases):
            job = self._to_defer.configure_task(DELIVER, queue=QUEUE, lock=f"case {case}", connection=driver)
            job.defer(case=case)

    def run(self) -> None:
        """Carry out jobs until told to stop."""
        asyncio.run(self._run())

    def stop(self) -> None:
        """Finish what is in hand, and end `run`."""
        self._stop()

    async def _run(self) -> None:
        loop, stopped = asyncio.get_running_loop(), asyncio.Event()

        def stop() -> None:
            loop.call_soon_threadsafe(stopped.set)

        self._stop = stop
        app = self._app()
        async with app.open_async():
            await _rescue(app)
            worker = asyncio.create_task(
                app.run_worker_async(
                    concurrency=AT_ONCE,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=30,
                    abort_job_polling_interval=3600,
                    delete_jobs="always",
                    stalled_worker_timeout=DEAD_AFTER,
                )
            )
            waiting = asyncio.create_task(stopped.wait())
            await asyncio.wait([worker, waiting], return_when=asyncio.FIRST_COMPLETED)
            self._stop = lambda: None
            waiting.cancel()
            worker.cancel()
            await asyncio.gather(worker, return_exceptions=True)

    def _app(self) -> App:
        from procrastinate import App, PsycopgConnector  # noqa: PLC0415 - as above

        options = {"options": f"-c search_path={SCHEMA} -c timezone=UTC"}
        app = App(
            connector=PsycopgConnector(
                conninfo=self._engine.database.conninfo, kwargs=options, min_size=1, max_size=AT_ONCE
            )
        )

        app.task(name=DELIVER, queue=QUEUE, retry=_again())(self._deliver)

        async def rescue(timestamp: int) -> None:  # noqa: ARG001 - the library says when
            await _rescue(app)

        app.periodic(cron="* * * * *")(app.task(name="rescue", queueing_lock="rescue")(rescue))
        return app

    def _deliver(self, case: int) -> None:
        """Deliver what one case announced. Raises Later where something of it has to be tried again."""
        deliver_case(self._engine, case, self._clock())
        until = self._engine.next_delivery(case, at=self._clock())
        if until is not None:
            raise Later(until)


async def _rescue(app: App) -> None:
    """Put the jobs of workers that are dead before the others again."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER):
        await app.job_manager.retry_job(job)


def _again() -> BaseRetryStrategy:
    """When a job is carried out once more: at the time that its row says, or soon where the database did not answer."""
    from procrastinate import BaseRetryStrategy, RetryDecision  # noqa: PLC0415 - as below

    class Again(BaseRetryStrategy):
        def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
            if job.attempts >= MOST_TRIES:
                return None
            if isinstance(exception, Later):
                return RetryDecision(retry_at=exception.until)
            return RetryDecision(retry_in={"seconds": 5}) if isinstance(exception, Unavailable) else None

    return Again()


def _version() -> str:
    from procrastinate import __version__  # noqa: PLC0415 - as above

    return f"procrastinate {__version__}"


def _version_of(connection: psycopg.Connection[Any]) -> str:
    """Which version the tables in the database are of; empty where there are none."""
    row = connection.execute("SELECT obj_description(to_regnamespace(%s)::oid, 'pg_namespace')", [SCHEMA]).fetchone()
    return (row and row[0]) or ""
