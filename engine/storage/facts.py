"""What officers have written down about a case: one row for a name, its value as FEEL knows it.

Two branches that write different values under one name do not overwrite each other in silence: the later one stands,
the earlier one is kept beside it as disputed, and both are told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.feel.values import from_json, to_json
from engine.storage.hot_path import ask
from engine.storage.tables import fact
from engine.storage.upsert import add_or_set
from engine.storage.writer import Writer


@cache
def _read(count: int) -> Any:
    """Ask for so many names: a fixed statement for each number of them."""
    names: list[Any] = [bindparam(f"name_{place}") for place in range(count)]
    return select(fact).where(fact.c.case_id == bindparam("of"), fact.c.name.in_(names))


@dataclass(frozen=True, slots=True)
class Written:
    """A fact with the version of the case that wrote it."""

    value: Any
    written_in: int
    written_by: int | None
    written_at: datetime | None = None
    disputed: Any = None
    """The other value of a fact on which two branches do not agree, as JSON."""


class FactRows:
    """The facts of cases."""

    def __init__(self, connection: Connection) -> None:
        """Collect what is to be written."""
        self._connection = connection
        self._new: dict[tuple[int, str], dict[str, Any]] = {}

    def read(self, held: int, names: Collection[str]) -> dict[str, Written]:
        """The facts of these names that have a value."""
        self.flush()
        if not names:
            return {}
        values = {f"name_{place}": name for place, name in enumerate(sorted(names))}
        (rows,) = ask(self._connection, (_read(len(values)), {"of": held, **values}))
        return {
            row.name: Written(from_json(row.value), row.written_in, row.written_by, row.written_at, row.disputed)
            for row in rows
        }

    def read_all(self, held: int) -> dict[str, Any]:
        """Every fact of a case: for its sub-cases, never for a step."""
        self.flush()
        rows = self._connection.execute(select(fact.c.name, fact.c.value).where(fact.c.case_id == held))
        return {row.name: from_json(row.value) for row in rows}

    def write(
        self,
        held: int,
        values: Mapping[str, Any],
        *,
        version: int,
        by: int | None,
        at: datetime,
        disputed: Mapping[str, Any] | None = None,
    ) -> None:
        """Set these facts. `disputed` names the other value of those that two branches do not agree on."""
        for name, value in values.items():
            other = (disputed or {}).get(name)
            self._new[held, name] = {
                "case_id": held,
                "name": name,
                "value": to_json(value),
                "written_in": version,
                "written_by": by,
                "written_at": at,
                "disputed": None if other is None else to_json(other),
            }

    def flush(self, writer: Writer | None = None) -> None:
        """Write what has been collected."""
        own = writer or Writer(self._connection)
        own.put(add_or_set(self._connection, fact), list(self._new.values()))
        self._new.clear()
        if writer is None:
            own.send()
