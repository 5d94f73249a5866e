"""What is still being typed, as rows: one an item and officer, encrypted as a whole, gone when the item is done."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from engine.domain.audit import canonical
from engine.storage.key_ring import KeyRing
from engine.storage.tables import answer_draft, work_item
from engine.storage.upsert import add_or_set
from engine.storage.writer import Writer

_DISCARD = delete(answer_draft).where(answer_draft.c.item_id == bindparam("of"))


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """What one officer has typed at one item, and when it was kept."""

    item: int
    officer: int
    saved_at: datetime
    answers: Mapping[str, Any]


class AnswerDrafts:
    """The drafts that one unit of work keeps, hands on and discards."""

    def __init__(self, connection: Connection, keys: KeyRing) -> None:
        """Use this transaction and these keys."""
        self._connection = connection
        self._keys = keys
        self._done: list[int] = []

    def keep(self, item: int, officer: int, answers: Mapping[str, Any], at: datetime) -> None:
        """Store what has been typed so far, in place of what was kept before."""
        locked = self._keys.lock(canonical(dict(answers)), _place(item, officer))
        row = {"item_id": item, "officer_id": officer, "saved_at": at, "answers": locked}
        self._connection.execute(add_or_set(self._connection, answer_draft), row)

    def hand_on(self, item: int, before: int, now: int) -> tuple[str, ...]:
        """Let another officer go on with it. Returns the names of what was typed; what they had typed themselves stays."""
        theirs = draft_of(self._connection, self._keys, item, before)
        if theirs is None:
            return ()
        own = draft_of(self._connection, self._keys, item, now)
        self.keep(item, now, {**(own.answers if own else {}), **theirs.answers}, theirs.saved_at)
        mine = (answer_draft.c.item_id == item) & (answer_draft.c.officer_id == before)
        self._connection.execute(delete(answer_draft).where(mine))
        return tuple(sorted(theirs.answers))

    def discard(self, item: int) -> None:
        """Let go of everything that was typed at an item, at the end."""
        self._done.append(item)

    def flush(self, writer: Writer) -> None:
        """Write what has been collected."""
        writer.put(_DISCARD, [{"of": each} for each in self._done])
        self._done.clear()


def draft_of(connection: Connection, keys: KeyRing, item: int, officer: int) -> AnswerDraft | None:
    """What this officer has typed at the item, if anything is kept."""
    mine = (answer_draft.c.item_id == item) & (answer_draft.c.officer_id == officer)
    row = connection.execute(select(answer_draft).where(mine)).first()
    if row is None:
        return None
    answers = json.loads(keys.unlock(row.answers, _place(item, officer)))
    return AnswerDraft(item, officer, row.saved_at, answers)


def forget_drafts(connection: Connection) -> int:
    """Let go of drafts of items that have come to an end otherwise. Returns how many rows went."""
    over = select(work_item.c.id).where(work_item.c.state.in_(["completed", "exited"]))
    return connection.execute(delete(answer_draft).where(answer_draft.c.item_id.in_(over))).rowcount


def _place(item: int, officer: int) -> str:
    return f"answer_draft.answers.{item}.{officer}"
