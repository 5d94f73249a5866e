"""Counter-steps as rows: what was undone, held up or put right, by whom and why; and where stopped cases stand.

The reason is encrypted, since nobody can promise that it names no person.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from engine.storage.key_ring import KeyRing
from engine.storage.tables import cancelled_case, counter_step, officer, suspension
from engine.storage.upsert import add_or_set


class CounterKind(StrEnum):
    TAKEN_BACK = "taken_back"
    RETURNED = "returned"
    CORRECTED = "corrected"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class CounterStep:
    """One of them."""

    number: int
    case: int
    kind: CounterKind
    item: int | None
    """The item that was taken back, returned to, or corrected."""
    from_item: int | None
    """The item from which the work was returned."""
    officer: int
    who: str
    """The officer's name."""
    at: datetime
    reason: str
    """In clear text."""


class CounterSteps:
    """The counter-steps that one unit of work takes."""

    def __init__(self, connection: Connection, keys: KeyRing) -> None:
        """Use this transaction and these keys."""
        self._connection = connection
        self._keys = keys

    def add(
        self,
        kind: CounterKind,
        case: int,
        reason: str,
        *,
        by: int,
        at: datetime,
        item: int | None = None,
        from_item: int | None = None,
    ) -> int:
        """Store one. Returns its row."""
        row = {"case_id": case, "kind": kind, "item_id": item, "from_item_id": from_item, "officer_id": by, "at": at}
        row |= {"reason": ""}
        made = int(self._connection.execute(insert(counter_step).returning(counter_step.c.id), row).scalar_one())
        locked = self._keys.lock(reason, _place(made))
        self._connection.execute(update(counter_step).where(counter_step.c.id == made).values(reason=locked))
        return made

    def of_item(self, item: int, kind: CounterKind) -> tuple[CounterStep, ...]:
        """Those of one kind that concern an item, the first first."""
        mine = (counter_step.c.item_id == item) & (counter_step.c.kind == kind)
        return read_counter_steps(self._connection, self._keys, mine)

    def suspend(self, cases: Collection[int], *, with_case: int, step: int) -> None:
        """Note that these are suspended by one step."""
        rows = [{"case_id": each, "with_case_id": with_case, "step_id": step} for each in cases]
        self._connection.execute(insert(suspension), rows)

    def suspended_with(self, case: int) -> list[int]:
        """The cases that were suspended with a case, itself among them; the deepest first."""
        found = select(suspension.c.case_id).where(suspension.c.with_case_id == case)
        return list(self._connection.execute(found.order_by(suspension.c.case_id.desc())).scalars())

    def suspended_by(self, case: int) -> tuple[int, CounterStep] | None:
        """With which case one is suspended, and the step that did it."""
        row = self._connection.execute(select(suspension).where(suspension.c.case_id == case)).first()
        if row is None:
            return None
        (step,) = read_counter_steps(self._connection, self._keys, counter_step.c.id == row.step_id)
        return row.with_case_id, step

    def resume(self, cases: Collection[int]) -> None:
        """Forget that these were suspended; the steps stay."""
        self._connection.execute(delete(suspension).where(suspension.c.case_id.in_(list(cases))))

    def keep_snapshot(self, case: int, snapshot: bytes) -> None:
        """Keep where a case stood when it was cancelled."""
        self._connection.execute(add_or_set(self._connection, cancelled_case), {"case_id": case, "snapshot": snapshot})

    def take_snapshot(self, case: int) -> bytes | None:
        """Where a cancelled case stood; it is kept no longer. None where nothing was kept."""
        found = self._connection.execute(
            select(cancelled_case.c.snapshot).where(cancelled_case.c.case_id == case)
        ).scalar()
        self._connection.execute(delete(cancelled_case).where(cancelled_case.c.case_id == case))
        return None if found is None else bytes(found)


def read_counter_steps(connection: Connection, keys: KeyRing, where: Any) -> tuple[CounterStep, ...]:
    """The counter-steps that fit, the first first."""
    found = select(counter_step, officer.c.name.label("who")).join(officer, officer.c.id == counter_step.c.officer_id)
    rows = connection.execute(found.where(where).order_by(counter_step.c.id))
    return tuple(
        CounterStep(
            row.id,
            row.case_id,
            CounterKind(row.kind),
            row.item_id,
            row.from_item_id,
            row.officer_id,
            row.who,
            row.at,
            keys.unlock(row.reason, _place(row.id)),
        )
        for row in rows
    )


def _place(number: int) -> str:
    return f"counter_step.reason.{number}"
