"""A bell that every process hears: PostgreSQL's NOTIFY, rung in the transaction that stores what is due soon.

It says only that there is something to look at; what that is stands in the rows. So one that is lost costs a wait and
nothing else. SQLite has none: what is stored there by another process is found a few seconds later.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import psycopg
from sqlalchemy import Connection

from engine.storage.database import Database
from engine.storage.hot_path import run

CHANNEL: Final = "lajur_due"
_RING: Final = f"SELECT pg_notify('{CHANNEL}', '')"
_LOOKS_UP_EVERY: Final = 1.0
"""Seconds after which whoever listens asks whether they still should."""


def ring(connection: Connection) -> None:
    """Tell every process that listens, once this transaction has been committed."""
    if connection.dialect.name == "postgresql":
        run(connection, [(_RING, ())])


def listen(database: Database, heard: Callable[[], None], going: Callable[[], bool]) -> None:
    """Say each time that the bell was rung, and once to begin with; for as long as it is going. Raises psycopg.Error."""
    with psycopg.connect(database.conninfo, autocommit=True) as connection:
        connection.execute(f"LISTEN {CHANNEL}")
        heard()
        while going():
            if any(True for _ in connection.notifies(timeout=_LOOKS_UP_EVERY, stop_after=1)):
                heard()
