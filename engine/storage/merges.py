"""Which rows of the register were joined to which, by whom and why: proposed, decided and perhaps undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine.errors import NotFound, WrongState
from engine.storage.tables import holding, subject_merge


class MergeState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    UNDONE = "undone"


class MergeStands(WrongState):
    """Expected to join person {other} to another, but merge {merge} of that person is open already. Decide it first."""


class MergeNotOpen(WrongState):
    """Expected merge {merge} to be {wanted}, but it is {found}."""


@dataclass(frozen=True, slots=True)
class Merge:
    """One joining of two persons."""

    number: int
    keep: int
    other: int
    kind: str
    """`merge`, by two officers; or `link`, a case whose officer recognised its person at intake."""
    state: MergeState
    reason: str
    proposed_at: datetime
    proposed_by: int


class Merges:
    """The joinings of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Use this transaction."""
        self._connection = connection

    def add(self, keep: int, other: int, *, kind: str, state: MergeState, reason: str, at: datetime, by: int) -> Merge:
        """Record one; confirmed at once where it is a link."""
        done = state is MergeState.CONFIRMED
        row = {
            "keep_id": keep,
            "other_id": other,
            "kind": kind,
            "state": state.value,
            "reason": reason,
            "proposed_at": at,
            "proposed_by": by,
            "decided_at": at if done else None,
            "decided_by": by if done else None,
            "decided_why": "",
            "undone_why": "",
        }
        made = self._connection.execute(insert(subject_merge).returning(subject_merge.c.id), row).scalar_one()
        return Merge(made, keep, other, kind, state, reason, at, by)

    def get(self, number: int) -> Merge:
        """Hold one. Raises NotFound."""
        found = select(subject_merge).where(subject_merge.c.id == number).with_for_update()
        row = self._connection.execute(found).first()
        if row is None:
            raise NotFound(what=f"merge {number}")
        return _read(row)

    def standing(self, other: int) -> Merge | None:
        """The one that is proposed for a row, or by which it was joined."""
        mine = (subject_merge.c.other_id == other) & subject_merge.c.state.in_(["proposed", "confirmed"])
        row = self._connection.execute(select(subject_merge).where(mine)).first()
        return _read(row) if row is not None else None

    def proposed_between(self, one: int, other: int) -> Merge | None:
        """The open proposal about these two, the other way round."""
        mine = (subject_merge.c.other_id == one) & (subject_merge.c.keep_id == other)
        row = self._connection.execute(select(subject_merge).where(mine, subject_merge.c.state == "proposed")).first()
        return _read(row) if row is not None else None

    def offices_of(self, officer: int, on: date) -> frozenset[str]:
        """The offices in which an officer held a post on that day."""
        held = (holding.c.officer_id == officer) & (holding.c.begins_on <= on)
        held &= holding.c.ends_on.is_(None) | (holding.c.ends_on >= on)
        return frozenset(self._connection.execute(select(holding.c.office).where(held)).scalars())

    def decide(self, merge: Merge, state: MergeState, *, why: str, at: datetime, by: int) -> None:
        """Say what became of a proposal."""
        values = {"state": state.value, "decided_at": at, "decided_by": by, "decided_why": why}
        self._set(merge.number, values)

    def undo(self, merge: Merge, *, why: str, at: datetime, by: int) -> None:
        """Say that it no longer holds."""
        values = {"state": MergeState.UNDONE.value, "undone_at": at, "undone_by": by, "undone_why": why}
        self._set(merge.number, values)

    def _set(self, number: int, values: dict[str, Any]) -> None:
        self._connection.execute(update(subject_merge).where(subject_merge.c.id == number).values(**values))


def _read(row: Any) -> Merge:
    state = MergeState(row.state)
    return Merge(row.id, row.keep_id, row.other_id, row.kind, state, row.reason, row.proposed_at, row.proposed_by)
