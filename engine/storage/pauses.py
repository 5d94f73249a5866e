"""Pauses as rows: spans in which clocks of a case stand still. None is ever changed but to be ended; a wrong one is voided.

What is said of them is encrypted, since nobody can promise that it names no person.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine.domain.clock import CaseClock, PauseReason
from engine.domain.reckoning import Pause
from engine.errors import NotFound
from engine.storage.key_ring import KeyRing
from engine.storage.tables import pause, pause_clock


@dataclass(frozen=True, slots=True)
class PauseRow:
    """One pause of a case."""

    number: int
    case: int
    reason: PauseReason
    text: str
    """In clear text."""
    whole: bool
    """Of every clock of the case, those included that begin meanwhile."""
    begins_at: datetime
    ends_at: datetime | None
    begun_by: int | None
    ended_by: int | None
    recorded_at: datetime
    voided_at: datetime | None
    voided_by: int | None
    voided_why: str
    replaces: int | None
    clocks: frozenset[int]
    """The clocks that were chosen, where it is not of all."""

    @property
    def stands(self) -> bool:
        """Whether it counts."""
        return self.voided_at is None

    @property
    def open(self) -> bool:
        """Whether it counts and goes on."""
        return self.stands and self.ends_at is None

    def holds(self, one: CaseClock) -> bool:
        """Whether a clock stands still in it."""
        return self.stands and (self.whole or one.number in self.clocks)

    def span(self, one: CaseClock) -> Pause:
        """The pause as it counts for a clock: one that goes on ends with a clock that is over."""
        ends = self.ends_at
        if one.ended_at is not None and not one.going:
            ends = one.ended_at if ends is None else min(ends, one.ended_at)
        return Pause(self.begins_at, ends if ends is None else max(ends, self.begins_at), self.reason.value)


class Pauses:
    """The pauses that one unit of work begins, ends and voids."""

    def __init__(self, connection: Connection, keys: KeyRing) -> None:
        """Use this transaction and these keys."""
        self._connection = connection
        self._keys = keys

    def add(
        self,
        case: int,
        reason: PauseReason,
        text: str,
        *,
        begins_at: datetime,
        ends_at: datetime | None,
        by: int | None,
        at: datetime,
        clocks: Collection[int] = (),
        replaces: int | None = None,
    ) -> PauseRow:
        """Store one: of the clocks named, or of all."""
        row = {"case_id": case, "reason": reason, "text": "", "whole": not clocks, "begins_at": begins_at}
        row |= {"ends_at": ends_at, "begun_by": by, "ended_by": None if ends_at is None else by, "recorded_at": at}
        row |= {"voided_why": "", "replaces_id": replaces}
        made = int(self._connection.execute(insert(pause).returning(pause.c.id), row).scalar_one())
        if text:
            locked = self._keys.lock(text, _place("text", made))
            self._connection.execute(update(pause).where(pause.c.id == made).values(text=locked))
        if clocks:
            chosen = [{"pause_id": made, "clock_id": each} for each in sorted(clocks)]
            self._connection.execute(insert(pause_clock), chosen)
        return self.get(made)

    def get(self, number: int) -> PauseRow:
        """One of them. Raises NotFound."""
        found = read_pauses(self._connection, self._keys, pause.c.id == number)
        if not found:
            raise NotFound(what=f"pause {number}")
        return found[0]

    def of(self, case: int) -> tuple[PauseRow, ...]:
        """Every pause of a case, those that are void too, the first begun first."""
        return read_pauses(self._connection, self._keys, pause.c.case_id == case)

    def end(self, number: int, *, at: datetime, by: int | None) -> None:
        """Store the end of one that is open."""
        self._connection.execute(update(pause).where(pause.c.id == number).values(ends_at=at, ended_by=by))

    def void(self, number: int, why: str, *, by: int, at: datetime) -> None:
        """Let one count no more; what it said stays to be read."""
        locked = self._keys.lock(why, _place("voided_why", number))
        values = {"voided_at": at, "voided_by": by, "voided_why": locked}
        self._connection.execute(update(pause).where(pause.c.id == number).values(**values))


def read_pauses(connection: Connection, keys: KeyRing, where: Any) -> tuple[PauseRow, ...]:
    """The pauses that fit, the first begun first."""
    rows = connection.execute(select(pause).where(where).order_by(pause.c.begins_at, pause.c.id)).all()
    chosen = _chosen(connection, [row.id for row in rows if not row.whole])
    return tuple(
        PauseRow(
            row.id,
            row.case_id,
            PauseReason(row.reason),
            keys.unlock(row.text, _place("text", row.id)) if row.text else "",
            row.whole,
            row.begins_at,
            row.ends_at,
            row.begun_by,
            row.ended_by,
            row.recorded_at,
            row.voided_at,
            row.voided_by,
            keys.unlock(row.voided_why, _place("voided_why", row.id)) if row.voided_why else "",
            row.replaces_id,
            frozenset(chosen.get(row.id, ())),
        )
        for row in rows
    )


def _chosen(connection: Connection, numbers: Sequence[int]) -> Mapping[int, Sequence[int]]:
    if not numbers:
        return {}
    found: dict[int, list[int]] = {}
    for row in connection.execute(select(pause_clock).where(pause_clock.c.pause_id.in_(numbers))):
        found.setdefault(row.pause_id, []).append(row.clock_id)
    return found


def _place(column: str, number: int) -> str:
    return f"pause.{column}.{number}"
