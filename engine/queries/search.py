"""Cases by their number, as far as the officer may see them. Persons are never searched here: that is recorded, and elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, literal, select, tuple_

from engine.domain.case import CaseState
from engine.domain.organisation import Officer
from engine.queries.access import seen_by
from engine.queries.pages import LENGTH, Page, checked_length, cut, moment_and_number
from engine.queries.reader import Reader
from engine.storage.columns import Moment
from engine.storage.tables import case, release


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of a list of cases."""

    id: int
    number: str
    state: CaseState
    stage: str
    office: str
    release: str
    title: str
    opened_at: datetime
    ended_at: datetime | None
    sub: bool
    """Whether it is a sub-case."""


_KEY = (case.c.opened_at, case.c.id)


def search_cases(
    reader: Reader,
    officer: Officer,
    *,
    number: str = "",
    state: CaseState | None = None,
    after: str | None = None,
    length: int = LENGTH,
) -> Page[CaseRow]:
    """One page of cases, the newest first: those whose number begins so, in that state. Raises NotAPage, NotValid."""
    found = select(case, release.c.code, release.c.title).join(release, release.c.id == case.c.release_id)
    found = found.where(seen_by(officer))
    if begins := number.strip():
        found = found.where(case.c.number.istartswith(begins, autoescape=True))
    if state is not None:
        found = found.where(case.c.state == state)
    if after is not None:
        moment, row = moment_and_number(after)
        found = found.where(tuple_(*_KEY) < tuple_(literal(moment, Moment), literal(row)))
    found = found.order_by(case.c.opened_at.desc(), case.c.id.desc()).limit(checked_length(length) + 1)
    rows = list(reader.connection.execute(found))
    return cut(rows, length, case_row, lambda row: (row.opened_at, row.id))


def case_row(row: Row[Any]) -> CaseRow:
    """A line from a row of case and release."""
    return CaseRow(
        row.id,
        row.number,
        CaseState(row.state),
        row.stage,
        row.office,
        row.code,
        row.title,
        row.opened_at,
        row.ended_at,
        row.parent_id is not None,
    )
