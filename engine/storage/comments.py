"""What officers say to each other about a case, as rows: encrypted, since nobody can promise that it names no person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, update

from engine.storage.key_ring import KeyRing
from engine.storage.tables import comment


class CommentKind(StrEnum):
    COMMENT = "comment"
    LATE = "late"
    """Why something was entered later than it happened."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One thing that was said."""

    number: int
    case: int
    item: int | None
    kind: CommentKind
    officer: int
    office: str
    at: datetime
    text: str
    """In clear text."""


class Comments:
    """The comments that one unit of work makes."""

    def __init__(self, connection: Connection, keys: KeyRing) -> None:
        """Use this transaction and these keys."""
        self._connection = connection
        self._keys = keys

    def add(
        self, case: int, text: str, *, by: int, office: str, at: datetime, item: int | None, kind: CommentKind
    ) -> int:
        """Store one. Returns its row."""
        row = {"case_id": case, "item_id": item, "kind": kind, "officer_id": by, "office": office, "at": at, "text": ""}
        made = int(self._connection.execute(insert(comment).returning(comment.c.id), row).scalar_one())
        locked = self._keys.lock(text, _place(made))
        self._connection.execute(update(comment).where(comment.c.id == made).values(text=locked))
        return made


def comment_of(row: Any, keys: KeyRing) -> Comment:
    """Read a comment from a row that has all of its columns."""
    clear = keys.unlock(row.text, _place(row.id))
    return Comment(row.id, row.case_id, row.item_id, CommentKind(row.kind), row.officer_id, row.office, row.at, clear)


def _place(number: int) -> str:
    return f"comment.text.{number}"
