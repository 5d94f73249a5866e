"""Signs of life as rows: a name and when it was last seen. They say nothing of why one is old."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from engine.storage.tables import sign_of_life
from engine.storage.upsert import add_or_set

WORKER, BACKUP = "worker", "backup"


def leave_sign(connection: Connection, name: str, at: datetime) -> None:
    """Say that this has just been there."""
    connection.execute(add_or_set(connection, sign_of_life), {"name": name, "at": at})
