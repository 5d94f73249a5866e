"""Cases offered from one office to another: what became of each, and how long the answer took."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select

from engine.domain.deadline import time_left
from engine.domain.organisation import Officer
from engine.queries.oversight.counting import BY_PEOPLE
from engine.queries.oversight.view import View, within
from engine.queries.pages import MOST, Page, checked_length, cut, moment_and_number
from engine.queries.reader import Reader
from engine.storage.tables import case as cases
from engine.storage.tables import handover as handovers
from engine.storage.tables import work_item

ANSWERS = 4_000
"""Answers whose working time is counted, the latest: it is counted one by one."""
_ANSWERED = ("accepted", "declined")


@dataclass(frozen=True, slots=True)
class OfferCounts:
    """Offers of cases to one office."""

    office: str
    offered: int = 0
    accepted: int = 0
    declined: int = 0
    expired: int = 0
    withdrawn: int = 0
    waiting: int = 0
    hours: tuple[timedelta, ...] = field(default=())
    """Working time until each was accepted or declined, in the receiving office's hours."""


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer of a case to another office. Why it was declined stands with the case."""

    number: int
    case: str
    told: bool
    """Whether the officer is told of steps of the case, and may open the page of them."""
    from_office: str
    to_office: str
    state: str
    offered_at: datetime
    until: datetime
    answered_at: datetime | None
    reason: str
    answer: str
    """Both only for officers of the two offices."""
    concerned: bool


def offer_counts(reader: Reader, view: View) -> tuple[OfferCounts, ...]:
    """What became of the cases offered to each office in the period, by office."""
    keys = (handovers.c.to_office, handovers.c.state)
    counted = select(*keys, func.count().label("number")).where(*_offers(view)).group_by(*keys)
    found: dict[str, dict[str, int]] = {}
    for row in reader.connection.execute(counted):
        found.setdefault(row.to_office, {})["waiting" if row.state == "offered" else row.state] = row.number
    hours = _hours(reader, view) if found else {}
    return tuple(
        OfferCounts(office, sum(states.values()), **states, hours=tuple(hours.get(office, ())))
        for office, states in sorted(found.items())
    )


def offers_behind(
    reader: Reader,
    officer: Officer,
    view: View,
    *,
    state: str = "",
    to_office: str = "",
    after: str | None = None,
    length: int = MOST,
) -> Page[OfferRow]:
    """The offers behind a number, the latest first. Raises NotAPage."""
    offered, row_id = handovers.c.offered_at, handovers.c.id
    steps = exists().where(work_item.c.case_id == cases.c.id, work_item.c.office.in_(view.offices), BY_PEOPLE)
    found = (
        select(handovers, cases.c.number, or_(steps, cases.c.office.in_(view.offices)).label("told"))
        .join(cases, cases.c.id == handovers.c.case_id)
        .where(*_offers(view))
        .order_by(offered.desc(), row_id.desc())
        .limit(checked_length(length) + 1)
    )
    if state:
        found = found.where(handovers.c.state == state)
    if to_office:
        found = found.where(handovers.c.to_office == to_office)
    if after is not None:
        at, number = moment_and_number(after)
        found = found.where(or_(offered < at, and_(offered == at, row_id < number)))
    rows = reader.connection.execute(found).all()
    return cut(rows, length, lambda row: _offer(reader, officer, row), lambda row: (row.offered_at, row.id))


def _hours(reader: Reader, view: View) -> dict[str, list[timedelta]]:
    found = (
        select(handovers.c.to_office, handovers.c.offered_at, handovers.c.answered_at)
        .where(*_offers(view), handovers.c.state.in_(_ANSWERED), handovers.c.answered_at.is_not(None))
        .order_by(handovers.c.offered_at.desc(), handovers.c.id.desc())
        .limit(ANSWERS)
    )
    hours: dict[str, list[timedelta]] = {}
    rows: Any = reader.connection.execute(found)
    for row in rows:
        calendar = reader.organisation.calendar(row.to_office)
        hours.setdefault(row.to_office, []).append(time_left(row.offered_at, row.answered_at, calendar).working)
    return hours


def _offer(reader: Reader, officer: Officer, row: Row[Any]) -> OfferRow:
    concerned = bool({row.from_office, row.to_office} & officer.offices)
    reason, answer = (
        reader.keys.unlock(cell, f"handover.{column}.{row.id}") if concerned and cell else ""
        for column, cell in (("reason", row.reason), ("answer", row.answer))
    )
    where = (row.from_office, row.to_office, row.state, row.offered_at, row.until, row.answered_at)
    return OfferRow(row.id, row.number, bool(row.told), *where, reason, answer, concerned)


def _offers(view: View) -> tuple[ColumnElement[bool], ...]:
    """Offers in which one of the offices takes part, to whichever of them: who waits for an answer sees it as well."""
    mine = or_(handovers.c.to_office.in_(view.offices), handovers.c.from_office.in_(view.offices))
    return (mine, *within(view, handovers.c.offered_at))
