"""What happened in a case, record by record, and whether the chain of records holds. It never shows a person's field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from engine.domain.organisation import Officer
from engine.errors import NotFound
from engine.queries.access import visible_case
from engine.queries.pages import checked_length
from engine.queries.reader import Reader
from engine.storage.tables import audit, audit_head
from engine.storage.tables import officer as officers
from engine.storage.trail import Break, verify_audit

LENGTH = 100


@dataclass(frozen=True, slots=True)
class Happening:
    """One record of a case's timeline."""

    seq: int
    at: datetime
    kind: str
    """`work_item.completed`."""
    login: str
    name: str
    """The officer's name; empty where the house itself acted."""
    on_behalf: str
    office: str
    post: str
    data: Mapping[str, Any]
    hash: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Some of what happened, the latest first."""

    records: tuple[Happening, ...]
    before: int | None
    """Ask for what came before this record to go on; None where the beginning has been reached."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the records of a case are still those that were written."""

    records: int
    head: str
    """The hash of the last one, to be kept outside the house."""
    breaks: tuple[Break, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was changed, cut or added."""
        return not self.breaks


def timeline(
    reader: Reader, officer: Officer, number: str, *, before: int | None = None, length: int = LENGTH
) -> Timeline:
    """What happened in a case, the latest first. Raises NotFound as for any case."""
    return timeline_of(reader, visible_case(reader, officer, number).id, before=before, length=length)


def timeline_of(reader: Reader, row: int, *, before: int | None = None, length: int = LENGTH) -> Timeline:
    """The same for a case that the officer is known to see."""
    found = (
        select(audit, officers.c.name)
        .outerjoin(officers, officers.c.login == audit.c.officer)
        .where(audit.c.case_id == row)
        .order_by(audit.c.seq.desc())
        .limit(checked_length(length) + 1)
    )
    if before is not None:
        found = found.where(audit.c.seq < before)
    rows = reader.connection.execute(found).all()
    shown = tuple(_happening(each) for each in rows[:length])
    return Timeline(shown, shown[-1].seq if len(rows) > length else None)


def verdict(reader: Reader, officer: Officer, number: str) -> Verdict:
    """Check the whole chain of a case. Raises NotFound as for any case."""
    row = visible_case(reader, officer, number).id
    head = reader.connection.execute(select(audit_head).where(audit_head.c.case_id == row)).first()
    if head is None:
        raise NotFound(what=f"the audit chain of case {number}")
    return Verdict(head.seq, head.hash, tuple(verify_audit(reader.connection, row)))


def _happening(row: Row[Any]) -> Happening:
    return Happening(
        row.seq, row.at, row.kind, row.officer, row.name or "", row.on_behalf, row.office, row.post, row.data, row.hash
    )
