"""What a unit of work has collected, in the order in which it must happen. It decides neither what is written nor when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from engine.storage.hot_path import Put, write


class Writer:
    """Statements with their rows. No two of them touch the same row."""

    def __init__(self, connection: Connection) -> None:
        """Hold nothing yet."""
        self._connection = connection
        self._puts: list[Put] = []
        self._in_order: list[Put] = []

    def put(
        self, statement: Any, rows: Sequence[Mapping[str, Any]], *, guarded: bool = False, in_order: bool = False
    ) -> None:
        """Write these rows. `guarded`: each must change exactly one row, or else everything is off.

        `in_order`: their numbers say which came first, so they are written one after the other, after everything else.
        """
        if rows:
            (self._in_order if in_order and len(rows) > 1 else self._puts).append((statement, list(rows), guarded))

    def send(self) -> None:
        """Let it all happen. Raises Conflict where a guarded row is no longer as it was read."""
        puts, self._puts = self._puts, []
        later, self._in_order = self._in_order, []
        write(self._connection, puts)
        write(self._connection, later, together=False)
