"""Numbers that are given out once each, without a gap for what was committed."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam

from engine.storage.tables import counter
from engine.storage.upsert import insert_of


def count_up(connection: Connection, name: str) -> int:
    """Return the next number of this name, from 1; others who want one wait for this transaction."""
    return int(connection.execute(_count_up(connection.dialect.name), {"of": name}).scalar_one())


@cache
def _count_up(dialect: str) -> Any:
    first = insert_of(dialect, counter).values(name=bindparam("of"), value=1)
    return first.on_conflict_do_update(index_elements=["name"], set_={"value": counter.c.value + 1}).returning(
        counter.c.value
    )
