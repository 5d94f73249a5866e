"""Offers of cases to other offices as rows. What is said in them is encrypted; who may answer is not known here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine.domain.handover import Handover, HandoverState
from engine.errors import NotFound
from engine.storage.key_ring import KeyRing
from engine.storage.tables import handover


class Handovers:
    """The offers that one unit of work reads and answers."""

    def __init__(self, connection: Connection, keys: KeyRing) -> None:
        """Use this transaction and these keys."""
        self._connection = connection
        self._keys = keys
        self.earliest: datetime | None = None
        """When the offer made here runs out: a worker may be asleep until after it."""

    def add(
        self, case: int, from_office: str, to_office: str, *, reason: str, until: datetime, at: datetime, by: int
    ) -> Handover:
        """Store an offer."""
        row = {"case_id": case, "from_office": from_office, "to_office": to_office, "reason": "", "until": until}
        row |= {"state": HandoverState.OFFERED, "offered_at": at, "offered_by": by, "answer": ""}
        made = self._connection.execute(insert(handover).returning(handover.c.id), row).scalar_one()
        locked = self._keys.lock(reason, _place("reason", made))
        self._connection.execute(update(handover).where(handover.c.id == made).values(reason=locked))
        self.earliest = until
        return self.get(made)

    def get(self, number: int) -> Handover:
        """One offer. Raises NotFound."""
        row = self._connection.execute(select(handover).where(handover.c.id == number)).first()
        if row is None:
            raise NotFound(what=f"hand-over {number}")
        return handover_of(row, self._keys)

    def open_of(self, case: int) -> Handover | None:
        """The offer of a case that waits for an answer; there is one at most."""
        found = select(handover).where(handover.c.case_id == case, handover.c.state == HandoverState.OFFERED)
        row = self._connection.execute(found).first()
        return None if row is None else handover_of(row, self._keys)

    def save(self, changed: Handover) -> None:
        """Store how an offer ended. Its case is held, so nobody else has."""
        locked = self._keys.lock(changed.answer, _place("answer", changed.number)) if changed.answer else ""
        values = {"state": changed.state, "answered_at": changed.answered_at, "answered_by": changed.answered_by}
        mine = update(handover).where(handover.c.id == changed.number)
        self._connection.execute(mine.values(**values, answer=locked))


def handover_of(row: Any, keys: KeyRing) -> Handover:
    """Read an offer from a row that has all of its columns."""
    return Handover(
        row.id,
        row.case_id,
        row.from_office,
        row.to_office,
        _clear(row, "reason", keys),
        row.until,
        HandoverState(row.state),
        row.offered_at,
        row.offered_by,
        row.answered_at,
        row.answered_by,
        _clear(row, "answer", keys),
    )


def _clear(row: Any, column: str, keys: KeyRing) -> str:
    cell = getattr(row, column)
    return keys.unlock(cell, _place(column, row.id)) if cell else ""


def _place(column: str, number: int) -> str:
    return f"handover.{column}.{number}"
