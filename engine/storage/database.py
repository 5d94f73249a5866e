"""The database as a place that answers or does not: connections, transactions, and its own troubles as refusals.

Not a table and not a command: what is written is decided elsewhere.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

import psycopg
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from engine.errors import NotValid, Refusal, Unavailable

BUSY_SECONDS = 3.0
"""How long a writer waits for another before it gives up (and the command is tried again)."""


_READ_ONLY = "SET TRANSACTION READ ONLY, ISOLATION LEVEL REPEATABLE READ"


class DatabaseLocked(Unavailable):
    """Expected to write to the database, but others keep it locked; nothing was changed. Please try again."""


class DatabaseFull(Unavailable):
    """Expected room in the database, but it is full; nothing was changed. An administrator must make room."""

    status: ClassVar[int] = 507


class DatabaseReadOnly(Unavailable):
    """Expected to write to the database, but it can only be read; nothing was changed."""


class DatabaseMissing(Unavailable):
    """Expected a database at {where}, but there is none. `lajur migrate` makes it."""


class DatabaseBroken(Unavailable):
    """Expected a sound database, but what is stored cannot be read ({code}); nothing was changed. Restore the backup."""


class DatabaseClosed(Unavailable):
    """Expected the database at {where} to let this program in, but it does not take this user with this password."""


class NotAnAddress(NotValid):
    """Expected the address of a database like postgresql://user:password@host/name or sqlite:////folder/file.db, but it is none of these."""


class OutcomeUnknown(Unavailable):
    """Expected the database to confirm the change, but the connection broke at that moment: it may have been made or not."""


class Conflict(Exception):
    """Somebody else's transaction came in between; the whole command may be tried again."""


_AGAIN = frozenset({"40001", "40P01", "55P03", "23505"})
"""Serialization failure, deadlock, lock timeout; and a row that somebody else has just put under the same key."""

_SQLITE: dict[int, type[Refusal]] = {
    sqlite3.SQLITE_FULL: DatabaseFull,
    sqlite3.SQLITE_READONLY: DatabaseReadOnly,
    sqlite3.SQLITE_CORRUPT: DatabaseBroken,
    sqlite3.SQLITE_NOTADB: DatabaseBroken,
}

_POSTGRESQL: dict[str, type[Refusal]] = {
    "53100": DatabaseFull,
    "53200": DatabaseFull,
    "25006": DatabaseReadOnly,
    "3D000": DatabaseMissing,
    "28000": DatabaseClosed,
    "28P01": DatabaseClosed,
}


def trouble(error: BaseException, where: str) -> Refusal | Conflict | None:
    """Say which trouble of the database an exception is; None where it is a fault of the program."""
    if isinstance(error, PoolTimeout):
        return DatabaseLocked()
    if isinstance(error, OSError):
        return DatabaseFull() if error.errno == errno.ENOSPC else None
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return Conflict("connection lost before the commit")
    if isinstance(cause, sqlite3.Error):
        return _sqlite_trouble(cause, where)
    if isinstance(cause, psycopg.Error):
        return _postgresql_trouble(cause, where)
    return None


def _sqlite_trouble(cause: sqlite3.Error, where: str) -> Refusal | Conflict | None:
    code = getattr(cause, "sqlite_errorcode", 0)
    if code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Conflict("locked")
    if code in (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY):
        return Conflict("unique")
    if code & 0xFF == sqlite3.SQLITE_CANTOPEN:
        return DatabaseMissing(where=where)
    kind = _SQLITE.get(code & 0xFF)
    return kind(code=getattr(cause, "sqlite_errorname", code)) if kind else None


def _postgresql_trouble(cause: psycopg.Error, where: str) -> Refusal | Conflict | None:
    state, said = cause.sqlstate or "", str(cause)
    unasked = isinstance(cause, psycopg.OperationalError)
    if state in _AGAIN:
        return Conflict(state)
    if state in _POSTGRESQL:
        return _POSTGRESQL[state](where=where)
    if unasked and not state and "does not exist" in said:
        return DatabaseMissing(where=where)
    if unasked and not state and "authentication failed" in said:
        return DatabaseClosed(where=where)
    return Unavailable() if unasked or state[:2] in ("08", "57") else None


class Database:
    """One database of either kind, open for many threads."""

    def __init__(self, url: str, *, create: bool = False) -> None:
        """Open nothing yet. `create` lets SQLite make a file that is not there. Raises NotAnAddress."""
        self.url = _read_address(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.where = _without_password(self.url)
        """The address as anybody may read it."""
        self._create = create
        self.busy_seconds = BUSY_SECONDS
        self.most_pages = 0
        """SQLite: pages that the file may grow to; 0 for no bound of its own."""
        self.read_only = False
        """SQLite: whether writing is refused, as on a medium that cannot be written to."""
        self._pool = create_engine(self._address(), **self._options())
        if self.sqlite:
            event.listen(self._pool, "connect", self._prepare_sqlite)

    @contextmanager
    def plainly(self) -> Iterator[None]:
        """Tell troubles of the database as refusals."""
        try:
            yield
        except Conflict as met:
            raise Unavailable from met
        except Refusal:
            raise
        except Exception as fault:
            found = trouble(fault, self.where)
            if found is None:
                raise
            raise (found if isinstance(found, Refusal) else Unavailable()) from fault

    @property
    def file(self) -> Path | None:
        """Where SQLite keeps it; None on PostgreSQL."""
        return Path(self.url.database or "") if self.sqlite else None

    @property
    def conninfo(self) -> str:
        """PostgreSQL's address as its own driver takes it. The password is in it: it is for no page and no log."""
        return self.url.set(drivername="postgresql").render_as_string(hide_password=False)

    def close(self) -> None:
        """Give every connection back."""
        self._pool.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that may write: leaving commits, an exception rolls back."""
        with self._connection() as connection:
            connection.begin()
            if self.sqlite:
                driver: Any = connection.connection.driver_connection
                driver.execute("BEGIN IMMEDIATE")
            yield connection
            try:
                connection.commit()
            except DBAPIError as broken:
                if broken.connection_invalidated:
                    raise OutcomeUnknown from broken
                raise

    @contextmanager
    def reshaping(self) -> Iterator[Connection]:
        """Open a transaction that changes tables: SQLite makes some anew, and looks at the end whether all still point somewhere."""
        with self._connection() as connection:
            driver: Any = connection.connection.driver_connection
            if self.sqlite:
                driver.execute("PRAGMA foreign_keys=OFF")
            try:
                connection.begin()
                if self.sqlite:
                    driver.execute("BEGIN IMMEDIATE")
                yield connection
                if self.sqlite and (lost := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
                    raise DatabaseBroken(code=f"a row of {lost[0]} points to nothing")
                connection.commit()
            finally:
                connection.rollback()
                if self.sqlite:
                    driver.execute("PRAGMA foreign_keys=ON")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one moment of the database and changes nothing."""
        with self._connection() as connection:
            if not self._began_reading(connection):
                connection.invalidate()
                self._began_reading(connection, last=True)
            yield connection
            connection.rollback()

    def _began_reading(self, connection: Connection, *, last: bool = False) -> bool:
        """Begin; False where the connection had been lost while nobody used it, and another is to be had."""
        try:
            connection.exec_driver_sql("BEGIN" if self.sqlite else _READ_ONLY)
        except DBAPIError as lost:
            if last or not lost.connection_invalidated:
                raise
            connection.rollback()
            return False
        return True

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        file = self.file
        if file is not None and not self._create and not file.exists():
            self._pool.dispose()
            raise DatabaseMissing(where=self.where)
        with self._pool.connect() as connection:
            yield connection

    def _address(self) -> URL:
        if not self.sqlite:
            return self.url
        mode = "rwc" if self._create else "rw"
        return self.url.set(database=f"file:{quote(self.url.database or '')}", query={"mode": mode, "uri": "true"})

    def _options(self) -> dict[str, Any]:
        if self.sqlite:
            return {
                "connect_args": {"timeout": BUSY_SECONDS, "isolation_level": None},
                "pool_size": 10,
                "max_overflow": 20,
                "hide_parameters": True,
            }
        settings = (
            "-c timezone=UTC -c lock_timeout=3s -c statement_timeout=10s -c idle_in_transaction_session_timeout=15s"
        )
        return {"connect_args": {"options": settings, "connect_timeout": 5}, "pool_size": 10, "hide_parameters": True}

    def _prepare_sqlite(self, connection: sqlite3.Connection, _record: object) -> None:
        settings = [f"busy_timeout={int(self.busy_seconds * 1000)}", "journal_mode=WAL", "synchronous=FULL"]
        settings += ["foreign_keys=ON", *([f"max_page_count={self.most_pages}"] if self.most_pages else [])]
        for setting in [*settings, *(["query_only=ON"] if self.read_only else [])]:
            connection.execute(f"PRAGMA {setting}")


def _read_address(text: str) -> URL:
    """Take an address apart. What cannot be read is not said again: there may be a password in it."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise NotAnAddress from None
    kind = url.get_backend_name()
    if kind not in ("postgresql", "sqlite"):
        raise NotAnAddress
    return url.set(drivername="postgresql+psycopg") if kind == "postgresql" else url


def _without_password(url: URL) -> str:
    shown = url.update_query_dict({"password": "***"}) if "password" in url.query else url
    return shown.render_as_string(hide_password=True)
