"""What a million pending timers and a million open deadlines cost the worker, on PostgreSQL.

    python3 run.py bench timers [--rows 1000000] [--fire 1000] [--jobs 100000] [--idle 60] [--tries 300]

Finding what is due may take 10 ms (one in twenty more), an idle worker 1 % of a core. What firing costs stands beside the
same statements with nothing else. And why timers are rows and not jobs: what the library's own table costs as full of them.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import psycopg

from benchmarks.designs import Floor, Said, recorded
from benchmarks.durable_step import MACHINE
from benchmarks.houses import Place, furnish, open_engine, postgresql
from benchmarks.procedures import MONDAY
from engine import Engine, Receipt, open_case, publish_release
from engine.domain.release import Activity, Performer, Release, ReleaseState
from engine.worker import Jobs, Worker, prepare_jobs
from engine.worker.loop import utc_now
from engine.worker.passing_time import PassingTime

MOST_FINDING, MOST_IDLE = 0.010, 0.01
LATER = MONDAY + timedelta(days=2)
"""When what was recorded is due; what is measured, an hour after."""
SETTLED = 0.2
"""Seconds of computing in ten seconds, below which a worker has finished starting."""
A_CASE = 4
"""Timers, and as many clocks, of each case that only lies there."""
DRAWN = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:lajur:bench">
<process id="waits" isExecutable="true"><startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="c"/>
<intermediateCatchEvent id="c"><timerEventDefinition><timeDuration>working days(1)</timeDuration></timerEventDefinition>
</intermediateCatchEvent><sequenceFlow id="f2" sourceRef="c" targetRef="t"/><userTask id="t"/>
<sequenceFlow id="f3" sourceRef="t" targetRef="e"/><endEvent id="e"/></process></definitions>"""

CASES = """INSERT INTO "case" (number, release_id, office, state, stage, snapshot, version, opened_at, ended_how)
SELECT 'B-' || n, (SELECT min(id) FROM release), 'JATENG', 'running', '', '', 1, '2026-01-01', '' FROM generate_series(1, %d) n"""
TIMERS = """INSERT INTO timer (case_id, token, element, interrupting, due_at, fired)
SELECT c.id, t, 'c', true, '2027-01-01'::timestamptz + random() * interval '700 days', 0
FROM "case" c, generate_series(1, %d) t WHERE c.number LIKE 'B-%%'"""
CLOCKS = """INSERT INTO clock (case_id, kind, token, name, code, office, service, amount, clock, basis, started_at, due_at,
state, edition, rung, next_at) SELECT c.id, 'step', t, 'Langkah', 'waits/t' || t, 'JATENG', '', 3, 'working-days', '',
'2026-01-01', '2027-01-03', 'running', 1, 0, '2027-01-01'::timestamptz + random() * interval '700 days'
FROM "case" c, generate_series(1, %d) t WHERE c.number LIKE 'B-%%'"""
JOBS = """INSERT INTO lajur_jobs.procrastinate_jobs (queue_name, task_name, lock, args, scheduled_at)
SELECT 'timers', 'pass_time', 'case ' || n, jsonb_build_object('case', n), now() + interval '100 days'
FROM generate_series(1, %d) n"""
FETCH = "SELECT * FROM procrastinate_fetch_job_v2(NULL, NULL)"
ONE_JOB = (
    "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args) VALUES ('timers', 'pass_time', 'one', '{}')",
    FETCH,
    "SELECT procrastinate_finish_job_v1(max(id), 'succeeded', true) FROM procrastinate_jobs WHERE status = 'doing'",
)


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print. Returns 1 where something takes longer than it may."""
    asked = argparse.ArgumentParser(prog="bench timers", description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    asked.add_argument("--rows", type=int, default=1_000_000, help="pending timers, and as many open deadlines")
    asked.add_argument("--fire", type=int, default=1_000, help="timers that are fired")
    asked.add_argument("--jobs", type=int, default=100_000, help="jobs for later in the library's own table")
    asked.add_argument("--idle", type=int, default=60, help="seconds for which an idle worker is watched")
    asked.add_argument("--tries", type=int, default=300)
    asked.add_argument("--work", default="", help=argparse.SUPPRESS)
    given = asked.parse_args(words)
    if given.work:
        return _be_a_worker(given.work)
    with postgresql() as place:
        return 0 if _measure(place, given) else 1


def _measure(place: Place, given: argparse.Namespace) -> bool:
    url = place.fresh()
    engine = open_engine(url, MACHINE, create=True)
    furnish(engine)
    prepare_jobs(engine)
    _open(engine, given.fire)
    _fill(engine, given.rows)
    well = _finding(engine, given)
    engine.close()
    well &= _idling(url, given.idle)
    _firing(place, url, given.fire)
    _as_jobs(url, given.jobs)
    return well


def _open(engine: Engine, count: int) -> None:
    """Cases that wait for a timer: so many that are recorded, and as many that are measured an hour later."""
    step = Activity("waits", "t", "Langkah", "userTask", performer=Performer("petugas"))
    drawn = Release("waits", 1, "Waits", ReleaseState.IN_FORCE, {"waits": DRAWN}, {("waits", "t"): step}, "", MONDAY)
    engine.perform(publish_release, drawn, at=MONDAY)
    for _ in range(2 * count):
        engine.perform(open_case, "waits", office="JATENG", officer="sri", at=MONDAY)
    with psycopg.connect(engine.database.conninfo) as connection:
        connection.execute("UPDATE timer SET due_at = %s WHERE id %% 2 = 0", [LATER])
        connection.execute("UPDATE timer SET due_at = %s WHERE id %% 2 = 1", [LATER + timedelta(hours=1)])


def _fill(engine: Engine, rows: int) -> None:
    begun = perf_counter()
    with psycopg.connect(engine.database.conninfo, autocommit=True) as connection:
        for statement, count in ((CASES, rows // A_CASE), (TIMERS, A_CASE), (CLOCKS, A_CASE)):
            connection.execute((statement % count).encode())
        connection.execute("VACUUM ANALYZE")
    print(f"{rows:,} timers pending, {rows:,} deadlines open (filled in {perf_counter() - begun:.0f} s)")


def _finding(engine: Engine, given: argparse.Namespace) -> bool:
    quiet, busy = MONDAY + timedelta(days=1), LATER + timedelta(hours=1)
    well = True
    for name, ask in (
        ("what is due: nothing", lambda: engine.due(at=quiet)),
        (f"what is due: the first of {2 * given.fire:,}", lambda: engine.due(at=busy)),
        ("when the next is due", lambda: engine.next_instant(at=quiet)),
    ):
        middle, most = _timed(ask, given.tries)
        served, slow = _in_the_server(engine, ask, given.tries)
        well &= most <= MOST_FINDING
        print(f"  {name:<42} {middle * 1000:>7.2f} ms, one in twenty above {most * 1000:.2f} ms", end="")
        print(f"; in the server {served:.2f} ms, one in twenty above {slow:.2f} ms")
    return well


def _in_the_server(engine: Engine, ask: Callable[[], object], tries: int) -> tuple[float, float]:
    """Milliseconds that the server itself needs for the same questions, planned for any moment as it plans them after a while."""
    said: Said = []
    with recorded(said):
        ask()
    questions = [each for trip in said if trip.hot for each in trip.sentences]
    times = []
    with psycopg.connect(engine.database.conninfo, autocommit=True) as connection:
        connection.execute("SET plan_cache_mode = force_generic_plan")
        for _ in range(tries):
            spent = 0.0
            for text, values in questions:
                cursor = psycopg.RawCursor(connection)
                cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {text}".encode(), values)
                ((found,),) = cursor.fetchall()
                spent += found[0]["Planning Time"] + found[0]["Execution Time"]
            times.append(spent)
    times.sort()
    return statistics.median(times), times[int(len(times) * 0.95)]


def _timed(ask: Callable[[], object], tries: int) -> tuple[float, float]:
    times = []
    for _ in range(tries):
        begun = perf_counter()
        ask()
        times.append(perf_counter() - begun)
    times.sort()
    return statistics.median(times), times[int(len(times) * 0.95)]


def _idling(url: str, seconds: int) -> bool:
    """Watch a worker that finds nothing to do: the clock of the wall is before all timers but those of 2026."""
    with psycopg.connect(open_engine(url, MACHINE).database.conninfo) as connection:
        connection.execute("UPDATE timer SET due_at = due_at + interval '5 years' WHERE due_at < '2027-01-01'")
    with _worker(url) as child:
        before = -1.0
        while _cpu(child) - before > SETTLED:  # it has started when it computes next to nothing
            before = _cpu(child)
            time.sleep(10)
        before = _cpu(child)
        time.sleep(seconds)
        share = (_cpu(child) - before) / seconds
    with psycopg.connect(open_engine(url, MACHINE).database.conninfo) as connection:
        connection.execute(
            "UPDATE timer SET due_at = due_at - interval '5 years' WHERE token <> '' AND due_at > '2031-01-01'"
        )
    print(f"  {'an idle worker':<42} {share:>7.2%} of a core over {seconds} s")
    return share <= MOST_IDLE


@contextmanager
def _worker(url: str) -> Any:
    words = [sys.executable, "-m", "benchmarks.timers", "--work", url]
    child = subprocess.Popen(words, cwd=Path(__file__).parents[1])  # noqa: S603 - this very program
    try:
        yield child.pid
    finally:
        child.kill()
        child.wait()


def _be_a_worker(url: str) -> int:
    engine = open_engine(url, MACHINE)
    worker = Worker(engine, jobs=Jobs.of(engine, utc_now))
    worker.start()
    while worker.alive:
        time.sleep(1)
    return 1


def _cpu(pid: int) -> float:
    """Seconds that a program has computed."""
    parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def _firing(place: Place, url: str, count: int) -> None:
    """Fire timers as the worker does, and repeat what that said to the database on a copy, in turns of a hundred."""
    copied = place.copy(url)
    engine = open_engine(url, MACHINE)
    said = _recorded(engine, LATER)
    floor = Floor(copied, said)
    own = bare = 0.0
    done = 0
    passing = PassingTime(engine)
    while done < count and floor.done < len(said):
        begun = perf_counter()
        fired = passing.work(LATER + timedelta(hours=1))
        own += perf_counter() - begun
        begun = perf_counter()
        for _ in range(min(fired, len(said) - floor.done)):
            floor.step()
        bare += perf_counter() - begun
        done += fired
    print(f"  {f'{done:,} due timers fired, one worker':<42} {done / own:>7.0f} a second")
    print(f"  {'the bare transactions':<42} {floor.done / bare:>7.0f} a second ({bare / floor.done * done / own:.0%})")
    floor.close()
    engine.close()


def _recorded(engine: Engine, at: datetime) -> list[Said]:
    """What firing each timer that is due says to the database."""
    said: list[Said] = []
    perform = engine.perform

    def listened(*args: Any, **more: Any) -> Receipt:
        trips: Said = []
        with recorded(trips):
            done: Receipt = perform(*args, **more)
        said.append(trips)
        return done

    engine.perform = listened  # type: ignore[assignment] # the same, listened to
    while PassingTime(engine).work(at):
        pass
    engine.perform = perform  # type: ignore[method-assign]
    return said


def _as_jobs(url: str, count: int) -> None:
    """What it would cost to make timers jobs of the library: asking for a job, and the life of one."""
    conninfo = open_engine(url, MACHINE).database.conninfo
    with psycopg.connect(conninfo, autocommit=True, options="-c search_path=lajur_jobs") as connection:
        empty, _ = _timed(lambda: connection.execute(FETCH), 100)
        life, _ = _timed(lambda: [connection.execute(each) for each in ONE_JOB], 100)
        connection.execute((JOBS % count).encode())
        connection.execute("ANALYZE procrastinate_jobs")
        full, _ = _timed(lambda: connection.execute(FETCH), 30)
    print("  if timers were jobs of procrastinate:")
    print(f"    {'asking for a job, none there':<40} {empty * 1000:>7.2f} ms")
    print(f"    {f'asking for a job, {count:,} for later':<40} {full * 1000:>7.2f} ms")
    print(f"    {'put, fetched and finished: one job':<40} {life * 1000:>7.2f} ms")


if __name__ == "__main__":
    raise SystemExit(main())
