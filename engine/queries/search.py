"""Cases by their number, stage or procedure, as far as the officer may see them. Persons are never searched here: that is recorded, and elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, or_, select

from engine.domain.case import CaseState
from engine.domain.organisation import Officer
from engine.queries.pages import LENGTH, Page, checked_length, cut, number_alone
from engine.queries.reader import Reader
from engine.storage.tables import case, participation, release


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


def search_cases(
    reader: Reader,
    officer: Officer,
    *,
    number: str = "",
    search: str = "",
    state: CaseState | None = None,
    after: str | None = None,
    length: int = LENGTH,
) -> Page[CaseRow]:
    """One page of cases, the newest first: those whose number begins so, in that state. Raises NotAPage, NotValid.

    `search` keeps those whose number begins with the text, or whose stage or procedure holds it.
    """
    arms = [
        _arm(office, number.strip(), search.strip(), state, after).limit(checked_length(length) + 1)
        for office in sorted(officer.offices)
    ]
    found = select(case, release.c.code, release.c.title).join(release, release.c.id == case.c.release_id)
    found = found.where(case.c.id.in_(_newest(reader, arms, length + 1))).order_by(case.c.id.desc())
    return cut(list(reader.connection.execute(found)), length, case_row, lambda row: (row.id,))


def _arm(office: str, begins: str, search: str, state: CaseState | None, after: str | None) -> Select[int]:
    """The newest cases of one office, read from the index of who takes part."""
    found = select(participation.c.case_id).where(participation.c.office == office)
    if begins or search or state is not None:
        found = found.join(case, case.c.id == participation.c.case_id)
    if begins:
        found = found.where(case.c.number.istartswith(begins, autoescape=True))
    if search:
        found = found.join(release, release.c.id == case.c.release_id)
        holds = [each.icontains(search, autoescape=True) for each in (case.c.stage, release.c.title, release.c.code)]
        found = found.where(or_(case.c.number.istartswith(search, autoescape=True), *holds))
    if state is not None:
        found = found.where(case.c.state == state)
    if after is not None:
        found = found.where(participation.c.case_id < number_alone(after))
    return found.order_by(participation.c.case_id.desc())


def _newest(reader: Reader, arms: list[Select[int]], length: int) -> list[int]:
    """The newest of all arms; a case in which two of the offices take part counts once."""
    found = {number for arm in arms for number in reader.connection.execute(arm).scalars()}
    return sorted(found, reverse=True)[:length]


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
