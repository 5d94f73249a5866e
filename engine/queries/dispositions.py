"""The courses set for a case, and those that can be set. What follows from one is in its sub-case, not here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.domain.case import CaseState
from engine.domain.disposition import DispositionKind, DispositionState
from engine.domain.organisation import Officer
from engine.queries.access import visible_case
from engine.queries.reader import Reader
from engine.storage.tables import case, disposition, disposition_kind, release
from engine.storage.tables import officer as officers


@dataclass(frozen=True, slots=True)
class DispositionRow:
    """One course that was set: who, when, on what ground, and where it is carried out."""

    number: int
    kind: str
    title: str
    ground: str
    state: DispositionState
    decided_at: datetime
    decided_by: str
    """The officer's name."""
    closed_at: datetime | None
    closed_how: str
    replaced_by: int | None
    sub_case: str
    """The sub-case's number; empty where none was opened."""
    sub_state: CaseState | None
    sub_stage: str


@dataclass(frozen=True, slots=True)
class KindRow:
    """One course that can be set."""

    kind: DispositionKind
    available: bool
    """Whether the procedure that carries it out is in force."""


def dispositions(reader: Reader, officer: Officer, number: str) -> tuple[DispositionRow, ...]:
    """All courses of a case, in the order in which they were set. Raises NotFound as for any case."""
    return dispositions_of(reader, visible_case(reader, officer, number).id)


def dispositions_of(reader: Reader, row: int) -> tuple[DispositionRow, ...]:
    """The same for a case that the officer is known to see."""
    found = (
        select(disposition, disposition_kind.c.title, officers.c.name)
        .add_columns(
            case.c.number.label("sub_number"), case.c.state.label("sub_state"), case.c.stage.label("sub_stage")
        )
        .join(disposition_kind, disposition_kind.c.code == disposition.c.kind)
        .join(officers, officers.c.id == disposition.c.decided_by)
        .outerjoin(case, case.c.id == disposition.c.sub_case_id)
        .where(disposition.c.case_id == row)
        .order_by(disposition.c.id)
    )
    return tuple(
        DispositionRow(
            each.id,
            each.kind,
            each.title,
            each.ground,
            DispositionState(each.state),
            each.decided_at,
            each.name,
            each.closed_at,
            each.closed_how,
            each.replaced_by,
            each.sub_number or "",
            CaseState(each.sub_state) if each.sub_state else None,
            each.sub_stage or "",
        )
        for each in reader.connection.execute(found)
    )


def disposition_kinds(reader: Reader) -> tuple[KindRow, ...]:
    """Every kind, by code, with whether it can be carried out today."""
    in_force = set(reader.connection.execute(select(release.c.code).where(release.c.state == "in-force")).scalars())
    return tuple(
        KindRow(DispositionKind(row.code, row.title, row.procedure), row.procedure in in_force)
        for row in reader.connection.execute(select(disposition_kind).order_by(disposition_kind.c.code))
    )
