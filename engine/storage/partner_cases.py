"""Which cases a partner knows: the case in which a placement was begun stands for it, also where its family reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, or_, select, update

from engine.domain.placement import PARTNER, ReportKind
from engine.storage.tables import case, dispatch, fact, paper, partner_case
from engine.storage.upsert import add_missing

_BEGINNING: Final = 1
"""The version of a case in which it was given the facts that it began with."""


@dataclass(frozen=True, slots=True)
class About:
    """Of which case a report is."""

    number: str
    office: str
    subject: int | None


def about(connection: Connection, held: int) -> About:
    """Of which case a report is: its number, its office, and the row of its person."""
    found = select(case.c.number, case.c.office, case.c.subject_id).where(case.c.id == held)
    row = connection.execute(found).one()
    return About(row.number, row.office, row.subject_id)


def papers_told(connection: Connection, *held: int) -> list[dict[str, Any]]:
    """The papers of these cases without their names and contents: what kind, how large, and by which hash they are known."""
    there = (paper.c.case_id.in_(held)) & paper.c.withdrawn_at.is_(None)
    rows = connection.execute(select(paper).where(there).order_by(paper.c.id))
    return [
        {
            "kind": each.kind,
            "type": each.type,
            "bytes": each.size,
            "sha256": each.sha256,
            "at": each.added_at.isoformat(),
        }
        for each in rows
    ]


def placement_near(connection: Connection, held: int) -> int | None:
    """The case that stands for the placement of a case: itself, or the one begun last among its family. None: none was begun."""
    family = placement_family(held)
    found = select(partner_case.c.case_id).join(case, case.c.id == partner_case.c.case_id).where(family)
    nearest = found.order_by((case.c.id == held).desc(), partner_case.c.begun_at.desc(), partner_case.c.case_id.desc())
    return connection.execute(nearest.limit(1)).scalar()


def said_otherwise(connection: Connection, held: int, name: str) -> bool:
    """Whether what the person said last under a name, in whichever case of this one's family, is no plain yes.

    What a case was only given a copy of when it began, it does not say.
    """
    near = placement_family(held)
    own = case.c.parent_id.is_(None) | (fact.c.written_in > _BEGINNING)
    asked = select(fact.c.value, fact.c.disputed, fact.c.written_at).join(case, case.c.id == fact.c.case_id)
    said = [row for row in connection.execute(asked.where(near, own, fact.c.name == name)) if row.value is not None]
    last = max((row.written_at for row in said), default=None)
    return any(row.value is not True or row.disputed is not None for row in said if row.written_at == last)


def placement_family(held: int) -> Any:
    """Whether a case is this one, the one above it, beside it or below; a condition."""
    above = select(case.c.parent_id).where(case.c.id == held).scalar_subquery()
    return or_(case.c.id == held, case.c.id == above, case.c.parent_id == held, case.c.parent_id == above)


def begin_placement(connection: Connection, held: int, at: datetime) -> None:
    """Note that a placement begins with this case; one that was closed is open again."""
    new = {"case_id": held, "partner": PARTNER, "stage": "", "sequence": 0, "begun_at": at}
    connection.execute(add_missing(connection, partner_case), new)
    connection.execute(update(partner_case).where(partner_case.c.case_id == held).values(closed_at=None))


def close_placement(connection: Connection, held: int, at: datetime) -> None:
    """Note that a placement is over."""
    connection.execute(update(partner_case).where(partner_case.c.case_id == held).values(closed_at=at))


def get_placement(connection: Connection, held: int) -> Any | None:
    """The placement of a case, as its row."""
    return connection.execute(select(partner_case).where(partner_case.c.case_id == held)).first()


def forget_placement(connection: Connection, held: int) -> None:
    """Let go of a placement of which the partner has heard nothing."""
    unheard = partner_case.c.reference.is_(None) & (partner_case.c.sequence == 0)
    connection.execute(delete(partner_case).where(partner_case.c.case_id == held, unheard))


def is_beginning(connection: Connection, number: int) -> bool:
    """Whether a report tells of a beginning."""
    event = connection.execute(select(dispatch.c.event).where(dispatch.c.id == number)).scalar()
    return bool(event == ReportKind.BEGUN.value)


def know_reference(connection: Connection, held: int, reference: str) -> bool:
    """Keep the partner's number of a placement, the first that it tells. Returns whether it is the number of this one alone."""
    same = select(partner_case.c.case_id).where(
        partner_case.c.partner == PARTNER, partner_case.c.reference == reference, partner_case.c.case_id != held
    )
    if connection.execute(same.limit(1)).first() is not None:
        return False
    mine = (partner_case.c.case_id == held) & partner_case.c.reference.is_(None)
    connection.execute(update(partner_case).where(mine).values(reference=reference))
    known = connection.execute(select(partner_case.c.reference).where(partner_case.c.case_id == held)).scalar()
    return known is None or known == reference
