"""Offers of cases between offices, as both offices see them. Before it is accepted, an offer tells nothing of the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, or_, select

from engine.domain.handover import Handover, HandoverState
from engine.domain.organisation import Officer
from engine.errors import NotFound
from engine.queries.access import visible_case
from engine.queries.people import names_of
from engine.queries.reader import Reader
from engine.storage.handovers import handover_of
from engine.storage.tables import case, handover, release

TOLD_FOR = timedelta(days=7)
"""So long both offices are told how an offer ended."""
MOST = 50


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """One offer: which case, between which offices, why, and what came of it."""

    offer: Handover
    case: str
    stage: str
    title: str
    offered_by: str
    answered_by: str
    incoming: bool
    """Whether it was offered to an office of whoever asks."""


def waiting_handovers(reader: Reader, officer: Officer) -> tuple[HandoverRow, ...]:
    """Offers to the officer's offices that wait for an answer, the one that runs out first on top."""
    where = (handover.c.state == HandoverState.OFFERED, handover.c.to_office.in_(sorted(officer.offices)))
    return _rows(reader, officer, _found().where(*where, handover.c.until > reader.at).order_by(handover.c.until))


def ended_handovers(reader: Reader, officer: Officer) -> tuple[HandoverRow, ...]:
    """Offers from and to the officer's offices that ended in the last seven days, the latest first."""
    own = sorted(officer.offices)
    mine = or_(handover.c.to_office.in_(own), handover.c.from_office.in_(own))
    found = _found().where(mine, handover.c.state != HandoverState.OFFERED)
    recent = found.where(handover.c.answered_at > reader.at - TOLD_FOR)
    return _rows(reader, officer, recent.order_by(handover.c.answered_at.desc()))


def handovers_of(reader: Reader, officer: Officer, number: str) -> tuple[HandoverRow, ...]:
    """Every offer of one case, the latest first. Raises NotFound as for any case."""
    row = visible_case(reader, officer, number).id
    return _rows(reader, officer, _found().where(handover.c.case_id == row).order_by(handover.c.id.desc()))


def handover_page(reader: Reader, officer: Officer, number: int) -> HandoverRow:
    """One offer. Raises NotFound where it is between two other offices."""
    own = sorted(officer.offices)
    mine = or_(handover.c.to_office.in_(own), handover.c.from_office.in_(own))
    rows = _rows(reader, officer, _found().where(mine, handover.c.id == number))
    if not rows:
        raise NotFound(what=f"hand-over {number}")
    return rows[0]


def _found() -> Any:
    return (
        select(handover, case.c.number, case.c.stage, release.c.title)
        .join(case, case.c.id == handover.c.case_id)
        .join(release, release.c.id == case.c.release_id)
        .limit(MOST)
    )


def _rows(reader: Reader, officer: Officer, found: Any) -> tuple[HandoverRow, ...]:
    rows: list[Row[Any]] = list(reader.connection.execute(found))
    people = {each.offered_by for each in rows} | {each.answered_by for each in rows if each.answered_by is not None}
    names = names_of(reader, people)
    return tuple(
        HandoverRow(
            handover_of(each, reader.keys),
            each.number,
            each.stage,
            each.title,
            names.get(each.offered_by, ""),
            names.get(each.answered_by, ""),
            each.to_office in officer.offices,
        )
        for each in rows
    )
