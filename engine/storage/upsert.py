"""The one kind of statement that the two databases spell alike but SQLAlchemy keeps in two places: insert or else."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def add_missing(connection: Connection, table: Table) -> Any:
    """Insert, and leave a row alone that is there already."""
    return _add_missing(connection.dialect.name, table)


def add_or_set(connection: Connection, table: Table) -> Any:
    """Insert, or set every other column of the row that has the same key."""
    return _add_or_set(connection.dialect.name, table)


def insert_of(dialect: str, table: Table) -> Any:
    """Return the insert that knows `on_conflict_…`."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


@cache
def _add_missing(dialect: str, table: Table) -> Any:
    return insert_of(dialect, table).on_conflict_do_nothing()


@cache
def _add_or_set(dialect: str, table: Table) -> Any:
    statement = insert_of(dialect, table)
    key = [each.name for each in table.primary_key]
    rest = {each.name: statement.excluded[each.name] for each in table.c if each.name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=rest)
