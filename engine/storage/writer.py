"""How collected rows reach the database: statement after statement on SQLite, all in one round trip on PostgreSQL.

It decides neither what is written nor when; and it reads nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect

from engine.storage.database import Conflict

Row = Mapping[str, Any]


class Writer:
    """Statements with their rows, in the order in which they must happen."""

    def __init__(self, connection: Connection) -> None:
        """Hold nothing yet."""
        self._connection = connection
        self._puts: list[tuple[Any, Sequence[Row], bool]] = []

    def put(self, statement: Any, rows: Sequence[Row], *, guarded: bool = False) -> None:
        """Write these rows. `guarded`: each must change exactly one row, or else everything is off."""
        if rows:
            self._puts.append((statement, list(rows), guarded))

    def send(self) -> None:
        """Let it all happen. Raises Conflict where a guarded row is no longer as it was read."""
        puts, self._puts = self._puts, []
        if not puts:
            return
        changed = self._in_one_trip(puts) if self._connection.dialect.name == "postgresql" else self._in_turn(puts)
        if any(count != 1 for count in changed):
            raise Conflict("version")

    def _in_turn(self, puts: Sequence[tuple[Any, Sequence[Row], bool]]) -> list[int]:
        changed = []
        for statement, rows, guarded in puts:
            if guarded:
                changed += [self._connection.execute(statement, row).rowcount for row in rows]
            else:
                self._connection.execute(statement, rows)
        return changed

    def _in_one_trip(self, puts: Sequence[tuple[Any, Sequence[Row], bool]]) -> list[int]:
        """Send every statement before waiting for the first answer (libpq's pipeline), past SQLAlchemy's own cursor."""
        dialect = self._connection.dialect
        driver: Any = self._connection.connection.driver_connection
        cursors = []
        with driver.pipeline():
            for statement, rows, guarded in puts:
                spelt = _spelt(statement, tuple(rows[0]), dialect)
                for row in rows:
                    cursor = driver.cursor()
                    cursor.execute(spelt.string, _params(spelt, row))
                    cursors += [cursor] if guarded else []
        return [cursor.rowcount for cursor in cursors]


@lru_cache(maxsize=256)
def _spelt(statement: Any, columns: tuple[str, ...], dialect: Dialect) -> Any:
    return statement.compile(dialect=dialect, column_keys=list(columns), for_executemany=True)


def _params(spelt: Any, row: Row) -> dict[str, Any]:
    """The values as the driver takes them: each through the column type's own processor."""
    params = spelt.construct_params(row)
    for name, process in spelt._bind_processors.items():  # noqa: SLF001 - what Connection.execute itself uses; pinned version
        params[name] = process(params[name])
    return dict(params)
