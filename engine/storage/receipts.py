"""Keys of commands that have been carried out, with the receipt each got: a command sent twice has one effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import Connection, bindparam, delete, insert, select

from engine.domain.receipt import Receipt, receipt_from_json
from engine.errors import NotValid
from engine.storage.hot_path import Question
from engine.storage.tables import idempotency
from engine.storage.writer import Writer

KEPT_FOR = timedelta(days=7)

_FIND = select(idempotency).where(idempotency.c.officer == bindparam("by"), idempotency.c.key == bindparam("named"))
_KEEP = insert(idempotency)


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


def receipt_question(officer: str, key: str) -> Question:
    """What is to be asked for what an officer has done under a key."""
    return _FIND, {"by": officer, "named": key}


def earlier_receipt(rows: Sequence[Any], key: str, command: str, arguments: str) -> Receipt | None:
    """Find the receipt of the same command in the answer. Raises KeyUsedOtherwise."""
    if not rows:
        return None
    (row,) = rows
    if (row.command, row.arguments) != (command, arguments):
        raise KeyUsedOtherwise(key=key)
    return receipt_from_json(row.receipt)


def keep_receipt(writer: Writer, officer: str, key: str, kept: Kept) -> None:
    """Remember what the command has done, together with what it did."""
    row = {"officer": officer, "key": key, "command": kept.command, "arguments": kept.arguments, "at": kept.at}
    writer.put(_KEEP, [{**row, "receipt": kept.receipt.to_json()}])


def forget_receipts(connection: Connection, now: datetime) -> int:
    """Let go of keys older than anybody would still send again. Returns how many."""
    return connection.execute(delete(idempotency).where(idempotency.c.at < now - KEPT_FOR)).rowcount
