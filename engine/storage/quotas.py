"""What tokens have used of their quotas, as rows: one a token, for the minute that was counted last."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, case

from engine.storage.tables import token_use
from engine.storage.upsert import insert_of


def take_share(connection: Connection, token: int, minute: int, wanted: int, at: datetime) -> int:
    """Take so many requests of a token's minute. Returns how many all processes have taken of it since it began.

    A process whose clock is behind counts with the minute that others have begun.
    """
    row = {"token_id": token, "minute": minute, "taken": wanted, "used_at": at}
    return int(connection.execute(_taking(connection.dialect.name), row).scalar_one())


@cache
def _taking(dialect: str) -> Any:
    statement = insert_of(dialect, token_use).values(
        {each.name: bindparam(each.name, type_=each.type) for each in token_use.c}
    )
    new = statement.excluded
    same = token_use.c.minute >= new.minute
    more = {
        "minute": case((same, token_use.c.minute), else_=new.minute),
        "taken": case((same, token_use.c.taken + new.taken), else_=new.taken),
        "used_at": new.used_at,
    }
    return statement.on_conflict_do_update(index_elements=["token_id"], set_=more).returning(token_use.c.taken)
