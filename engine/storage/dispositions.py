"""Dispositions and their kinds as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine.domain.disposition import Disposition, DispositionKind, DispositionState
from engine.errors import NotFound
from engine.storage.tables import disposition, disposition_kind
from engine.storage.upsert import add_or_set


class Dispositions:
    """The courses set for cases; always used under the lock of the case that they belong to."""

    def __init__(self, connection: Connection) -> None:
        """Use this transaction."""
        self._connection = connection

    def kind(self, code: str) -> DispositionKind:
        """Return one kind. Raises NotFound."""
        row = self._connection.execute(select(disposition_kind).where(disposition_kind.c.code == code)).first()
        if row is None:
            raise NotFound(what=f"disposition {code}")
        return DispositionKind(row.code, row.title, row.procedure)

    def add_kind(self, kind: DispositionKind) -> None:
        """Make a kind known, or change its title and procedure."""
        row = {"code": kind.code, "title": kind.title, "procedure": kind.procedure}
        self._connection.execute(add_or_set(self._connection, disposition_kind), row)

    def add(self, case: int, kind: str, ground: str, *, at: datetime, by: int) -> Disposition:
        """Record a new one, open and without a sub-case yet."""
        row = {
            "case_id": case,
            "kind": kind,
            "ground": ground,
            "state": DispositionState.OPEN,
            "decided_at": at,
            "decided_by": by,
            "closed_how": "",
        }
        made = self._connection.execute(insert(disposition).returning(disposition.c.id), row).scalar_one()
        return Disposition(made, case, kind, ground, DispositionState.OPEN, at, by)

    def link(self, number: int, sub_case: int) -> None:
        """Name the sub-case that carries one out."""
        self._connection.execute(update(disposition).where(disposition.c.id == number).values(sub_case_id=sub_case))

    def get(self, number: int) -> Disposition:
        """Return one. Raises NotFound."""
        row = self._connection.execute(select(disposition).where(disposition.c.id == number)).first()
        if row is None:
            raise NotFound(what=f"disposition {number}")
        return _read(row)

    def of(self, case: int) -> tuple[Disposition, ...]:
        """All of a case, in the order in which they were decided."""
        found = select(disposition).where(disposition.c.case_id == case).order_by(disposition.c.id)
        return tuple(_read(row) for row in self._connection.execute(found))

    def save(self, changed: Disposition) -> None:
        """Write one."""
        values = {
            "state": changed.state,
            "closed_at": changed.closed_at,
            "closed_how": changed.closed_how,
            "replaced_by": changed.replaced_by,
        }
        self._connection.execute(update(disposition).where(disposition.c.id == changed.number).values(**values))


def _read(row: Any) -> Disposition:
    return Disposition(
        row.id,
        row.case_id,
        row.kind,
        row.ground,
        DispositionState(row.state),
        row.decided_at,
        row.decided_by,
        row.sub_case_id,
        row.closed_at,
        row.closed_how,
        row.replaced_by,
    )
