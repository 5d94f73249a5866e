"""Keys of commands that have been carried out, with the receipt each got: a command sent twice has one effect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import Connection, bindparam, delete, insert, select

from engine.domain.receipt import Receipt, receipt_from_json
from engine.errors import NotValid
from engine.storage.tables import idempotency

KEPT_FOR = timedelta(days=7)

_FIND = select(idempotency).where(idempotency.c.officer == bindparam("by"), idempotency.c.key == bindparam("named"))


class KeyUsedOtherwise(NotValid):
    """Expected the key {key} to come with the same command as before, but it came with another."""

    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Kept:
    """A command that was carried out, and what it told."""

    command: str
    arguments: str
    """Their hash."""
    receipt: Receipt
    at: datetime


def earlier_receipt(connection: Connection, officer: str, key: str, command: str, arguments: str) -> Receipt | None:
    """Return the receipt of the same command under the same key of the same officer. Raises KeyUsedOtherwise."""
    row = connection.execute(_FIND, {"by": officer, "named": key}).first()
    if row is None:
        return None
    if (row.command, row.arguments) != (command, arguments):
        raise KeyUsedOtherwise(key=key)
    return receipt_from_json(row.receipt)


def keep_receipt(connection: Connection, officer: str, key: str, kept: Kept) -> None:
    """Remember what the command has done."""
    row = {"officer": officer, "key": key, "command": kept.command, "arguments": kept.arguments, "at": kept.at}
    connection.execute(insert(idempotency), {**row, "receipt": kept.receipt.to_json()})


def forget_receipts(connection: Connection, now: datetime) -> int:
    """Let go of keys older than anybody would still send again. Returns how many."""
    return connection.execute(delete(idempotency).where(idempotency.c.at < now - KEPT_FOR)).rowcount
