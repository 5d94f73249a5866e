"""What goes to the placement system, for who runs the house: how the line is, and what became of each report. Nothing of a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Row, func, select

from engine.domain.dispatch import Channel, DispatchState
from engine.domain.organisation import Officer
from engine.domain.partner_line import Line
from engine.domain.placement import PARTNER
from engine.queries.house.administering import expect_administrator
from engine.queries.pages import LENGTH, Page, cut, number_alone
from engine.queries.reader import Reader
from engine.storage.partner_lines import read_line
from engine.storage.tables import case, dispatch, partner_case

LISTS: Final[Mapping[str, tuple[DispatchState, ...]]] = {
    "unknown": (DispatchState.UNKNOWN,),
    "failed": (DispatchState.FAILED,),
    "waiting": (DispatchState.PENDING, DispatchState.SENDING),
    "withdrawn": (DispatchState.WITHDRAWN,),
    "sent": (DispatchState.SENT,),
}
"""The lists of the page, what somebody has to look at first."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report; what it says is not told."""

    number: int
    key: str
    """Under which the placement system can be asked for it."""
    kind: str
    case: str
    office: str
    reference: str
    """The placement system's number; empty where it has told none."""
    state: DispatchState
    tries: int
    problem: str
    created_at: datetime
    next_at: datetime
    done_at: datetime | None
    behind: int | None
    """The report of the same case that holds this one up; None where it is not held up."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """How the line is, and how many reports are in each list."""

    line: Line
    counts: Mapping[str, int]


def outgoing(reader: Reader, who: Officer) -> Outgoing:
    """How the line is. Raises NotYours without the power to administer."""
    expect_administrator(reader, who)
    mine = dispatch.c.channel == Channel.SISKOP2MI
    rows = reader.connection.execute(select(dispatch.c.state, func.count()).where(mine).group_by(dispatch.c.state))
    found: dict[str, int] = {row[0]: row[1] for row in rows}
    counts = {name: sum(found.get(each.value, 0) for each in states) for name, states in LISTS.items()}
    return Outgoing(read_line(reader.connection, PARTNER), counts)


def reports(
    reader: Reader, who: Officer, *, listed: str = "unknown", after: str | None = None, length: int = LENGTH
) -> Page[Report]:
    """One page of reports, the newest first. Raises NotYours, and NotAPage."""
    expect_administrator(reader, who)
    earlier = dispatch.alias("earlier")
    stuck = earlier.c.state.in_([DispatchState.FAILED, DispatchState.UNKNOWN])
    before = (earlier.c.target == dispatch.c.target) & (earlier.c.case_id == dispatch.c.case_id)
    holding = select(func.min(earlier.c.id)).where(before, stuck, earlier.c.id < dispatch.c.id).scalar_subquery()
    found = (
        select(dispatch, case.c.number, case.c.office, partner_case.c.reference, holding.label("behind"))
        .join(case, case.c.id == dispatch.c.case_id)
        .outerjoin(partner_case, partner_case.c.case_id == dispatch.c.case_id)
        .where(dispatch.c.channel == Channel.SISKOP2MI, dispatch.c.state.in_(LISTS[listed]))
    )
    if after:
        found = found.where(dispatch.c.id < number_alone(after))
    rows = list(reader.connection.execute(found.order_by(dispatch.c.id.desc()).limit(length + 1)))
    return cut(rows, length, _report, lambda row: (row.id,))


def _report(row: Row[tuple[object, ...]]) -> Report:
    given = row._mapping  # noqa: SLF001 - the public name of a row's columns
    same = ("key", "office", "tries", "problem", "created_at", "next_at", "done_at", "behind")
    return Report(
        number=given["id"],
        kind=given["event"],
        case=given["number"],
        reference=given["reference"] or "",
        state=DispatchState(given["state"]),
        **{name: given[name] for name in same},
    )
