"""The hot path: statements spelt once for each database and handed to its driver as they are.

Every completed work item passes here, so nothing is built, looked up or compiled for a call. What a statement says is
written where its rows are at home (`cases`, `facts`, `trail`, …), once for both databases; this is only how it travels:
one statement after the other on SQLite, where a statement costs microseconds, and as few round trips as can be on
PostgreSQL. See `docs/decisions/0006-the-hot-path.md`; what is sent for one step is kept in `tests/engine/storage/hot_path/`.
"""

from __future__ import annotations

import re
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeAlias

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Dialect, Select

from engine.storage.database import Conflict

Sentence: TypeAlias = tuple[str, Sequence[Any]]
"""A statement as the driver takes it, with its values."""
Question: TypeAlias = tuple[Any, Mapping[str, Any]]
"""A SELECT and the values of its bound parameters."""
Put: TypeAlias = tuple[Any, Sequence[Mapping[str, Any]], bool]
"""A statement, the rows it is given, and whether each row must change exactly one."""

MOST_TOGETHER = 16
"""Rows that go into one statement on PostgreSQL; more would make a new, large statement for every number of rows."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one sentence."""

    rows: list[tuple[Any, ...]]
    changed: int


def ask(connection: Connection, *questions: Question) -> list[list[Any]]:
    """Read the rows of each question, all in one round trip. A row names its columns as the SELECT does."""
    spelt = [_spelt(connection.dialect, statement, ()) for statement, _ in questions]
    said = [(each.text, each.values(values)) for each, (_, values) in zip(spelt, questions, strict=True)]
    answers = run(connection, said)
    return [[each.row(row) for row in answer.rows] for each, answer in zip(spelt, answers, strict=True)]


def write(connection: Connection, puts: Sequence[Put], *, together: bool = True) -> None:
    """Write every row, in one round trip. Raises Conflict where a guarded row is no longer as it was read.

    On PostgreSQL a few rows go as one statement, whose parts see the same moment: no two may touch the same row.
    Which part is done first the database decides; without `together` each row is written after the one before it.
    """
    flat = [(statement, row, guarded) for statement, rows, guarded in puts for row in rows]
    if not flat:
        return
    dialect = connection.dialect
    if dialect.name == "postgresql" and together and len(flat) <= MOST_TOGETHER:
        text = _together(dialect, tuple((statement, tuple(row), guarded) for statement, row, guarded in flat))
        values = [value for statement, row, _ in flat for value in _spelt(dialect, statement, tuple(row)).values(row)]
        counts: Sequence[int] = run(connection, [(text, values)])[0].rows[0]
    else:
        spelt = [_spelt(dialect, statement, tuple(row)) for statement, row, _ in flat]
        answers = run(connection, [(how.text, how.values(row)) for how, (_, row, _) in zip(spelt, flat, strict=True)])
        counts = [answer.changed for answer, (_, _, guarded) in zip(answers, flat, strict=True) if guarded]
    if any(count != 1 for count in counts):
        raise Conflict("version")


def run(connection: Connection, sentences: Sequence[Sentence]) -> list[Answer]:
    """Hand sentences to the driver, in one round trip. Raises the driver's own errors; Conflict for a lost connection."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        return [Answer(cursor.fetchall(), cursor.rowcount) for cursor in (driver.execute(*each) for each in sentences)]
    try:
        return _on_postgresql(driver, sentences)
    except psycopg.OperationalError as lost:
        if not driver.closed:
            raise
        connection.invalidate(lost)
        connection.engine.dispose()  # the other idle connections are as old, and as dead
        raise Conflict("connection lost before the commit") from lost


def _on_postgresql(driver: Any, sentences: Sequence[Sentence]) -> list[Answer]:
    cursors = [psycopg.RawCursor(driver) for _ in sentences]
    if len(sentences) == 1 and driver.info.transaction_status is not TransactionStatus.IDLE:
        cursors[0].execute(*sentences[0])
    else:
        with driver.pipeline():  # the BEGIN that psycopg sends first travels along
            for cursor, sentence in zip(cursors, sentences, strict=True):
                cursor.execute(*sentence)
    return [
        Answer(each.fetchall() if each.pgresult and each.pgresult.nfields else [], each.rowcount) for each in cursors
    ]


class _Spelt:
    """A statement in the words of one database, with what turns values into the driver's and cells into values."""

    def __init__(self, statement: Any, dialect: Dialect, columns: Sequence[str]) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=list(columns), for_executemany=True)
        self.text: str = compiled.string
        process: Mapping[str, Callable[[Any], Any]] = compiled._bind_processors  # noqa: SLF001 - what Connection.execute itself uses; pinned version
        self._binds = [(name, compiled.binds[name].value, process.get(name)) for name in compiled.positiontup or ()]
        self._row: Any = None
        if isinstance(statement, Select):
            cells = statement.selected_columns
            made: Any = namedtuple("Row", " ".join(each.name for each in cells))  # type: ignore[misc] # noqa: PYI024 - its columns are known at run time only
            self._row = made._make
            found = [each.type.dialect_impl(dialect).result_processor(dialect, None) for each in cells]
            self._cells = [(place, turn) for place, turn in enumerate(found) if turn is not None]

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """The values in the order of the text."""
        return [
            process(given.get(name, value)) if process else given.get(name, value)
            for name, value, process in self._binds
        ]

    def row(self, cells: tuple[Any, ...]) -> Any:
        """One row as it was read, its values as the program knows them."""
        found = list(cells)
        for place, turn in self._cells:
            found[place] = turn(found[place])
        return self._row(found)


@lru_cache(maxsize=512)
def _spelt_for(name: str, statement: Any, columns: tuple[str, ...]) -> _Spelt:
    return _Spelt(statement, _dialect(name), columns)


def _spelt(dialect: Dialect, statement: Any, columns: tuple[str, ...]) -> _Spelt:
    return _spelt_for(dialect.name, statement, columns)


@cache
def _dialect(name: str) -> Dialect:
    """How each database's driver wants its statements: with `?` and with `$1`."""
    from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg  # noqa: PLC0415
    from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite  # noqa: PLC0415

    if name == "sqlite":
        return SQLiteDialect_pysqlite()
    untyped: Any = PGDialect_psycopg
    spoken: Dialect = untyped(paramstyle="numeric_dollar")
    return spoken


@lru_cache(maxsize=256)
def _together(dialect: Dialect, parts: tuple[tuple[Any, tuple[str, ...], bool], ...]) -> str:
    """One statement that does what all of these do, and tells how many rows each guarded one has changed."""
    told, before = [], 0
    for number, (statement, columns, guarded) in enumerate(parts):
        spelt = _spelt(dialect, statement, columns)
        text = _moved(spelt.text, before)
        told.append(f"part_{number} AS ({text}{' RETURNING 1' if guarded else ''})")
        before += len(spelt._binds)  # noqa: SLF001 - of this module
    counts = [f"(SELECT count(*) FROM part_{number})" for number, part in enumerate(parts) if part[2]]  # noqa: S608 - numbers of our own
    return f"WITH {', '.join(told)} SELECT {', '.join(counts) or '1'}"


def _moved(text: str, by: int) -> str:
    return re.sub(r"\$(\d+)", lambda found: f"${int(found[1]) + by}", text)
