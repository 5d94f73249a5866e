"""Extensions as rows: what was asked to be added to a clock, why, and what another officer decided. Reasons are encrypted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine.domain.clock import ExtensionState
from engine.domain.reckoning import Extension
from engine.domain.release import Allowance, Clock
from engine.errors import NotFound, WrongState
from engine.storage.key_ring import KeyRing
from engine.storage.tables import clock, extension


class AlreadyDecided(WrongState):
    """Expected to decide an extension that is asked for, but it was {state} at {when}."""


@dataclass(frozen=True, slots=True)
class ExtensionRow:
    """One of them."""

    number: int
    clock: int
    allowance: Allowance
    """How much, and on what legal ground."""
    reason: str
    """In clear text."""
    asked_by: int
    asked_at: datetime
    state: ExtensionState
    decided_by: int | None = None
    decided_at: datetime | None = None
    answer: str = ""
    """In clear text."""
    notice: int | None = None
    """The paper with which the person is told."""

    @property
    def counts(self) -> Extension | None:
        """What is added to the clock; nothing where it was not granted."""
        if self.state is not ExtensionState.GRANTED:
            return None
        return Extension(self.allowance, self.allowance.basis)


class Extensions:
    """The extensions that one unit of work asks for and decides."""

    def __init__(self, connection: Connection, keys: KeyRing) -> None:
        """Use this transaction and these keys."""
        self._connection = connection
        self._keys = keys

    def ask(self, of: int, added: Allowance, reason: str, *, by: int, at: datetime) -> int:
        """Store what is asked for. Returns its row."""
        row = {"clock_id": of, "amount": added.amount, "clock": added.clock, "basis": added.basis, "reason": ""}
        row |= {"asked_by": by, "asked_at": at, "state": ExtensionState.PROPOSED, "answer": ""}
        made = int(self._connection.execute(insert(extension).returning(extension.c.id), row).scalar_one())
        locked = self._keys.lock(reason, _place("reason", made))
        self._connection.execute(update(extension).where(extension.c.id == made).values(reason=locked))
        return made

    def decide(
        self, number: int, state: ExtensionState, answer: str, *, by: int, at: datetime, notice: int | None
    ) -> None:
        """Store what was decided."""
        locked = self._keys.lock(answer, _place("answer", number)) if answer else ""
        values = {"state": state, "decided_by": by, "decided_at": at, "answer": locked, "notice_id": notice}
        self._connection.execute(update(extension).where(extension.c.id == number).values(**values))

    def get(self, number: int) -> ExtensionRow:
        """One of them. Raises NotFound."""
        found = read_extensions(self._connection, self._keys, extension.c.id == number)
        if not found:
            raise NotFound(what=f"extension {number}")
        return found[0]

    def of_case(self, case: int) -> tuple[ExtensionRow, ...]:
        """Those of every clock of a case, the first asked first."""
        mine = extension.c.clock_id.in_(select(clock.c.id).where(clock.c.case_id == case))
        return read_extensions(self._connection, self._keys, mine)


def read_extensions(connection: Connection, keys: KeyRing, where: Any) -> tuple[ExtensionRow, ...]:
    """The extensions that fit, the first asked first."""
    rows = connection.execute(select(extension).where(where).order_by(extension.c.id))
    return tuple(
        ExtensionRow(
            row.id,
            row.clock_id,
            Allowance(row.amount, Clock(row.clock), row.basis),
            keys.unlock(row.reason, _place("reason", row.id)),
            row.asked_by,
            row.asked_at,
            ExtensionState(row.state),
            row.decided_by,
            row.decided_at,
            keys.unlock(row.answer, _place("answer", row.id)) if row.answer else "",
            row.notice_id,
        )
        for row in rows
    )


def _place(column: str, number: int) -> str:
    return f"extension.{column}.{number}"
