"""The prevention picture by office and quarter: how many cases and persons, who came again, what was decided. Never a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case as when
from sqlalchemy import func, literal, select

from engine.domain.organisation import Officer
from engine.queries.access import seen_by
from engine.queries.attempts import PERSON, is_attempt, overseen, told_by_number
from engine.queries.pages import MOST, Page, place_of
from engine.queries.reader import Reader
from engine.storage.columns import Moment
from engine.storage.tables import case, disposition, disposition_kind, subject


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """One office in one span of time."""

    office: str
    span: int
    """Its place among the spans that were asked for."""
    cases: int
    persons: int
    again: int
    """Cases of persons who have another."""


@dataclass(frozen=True, slots=True)
class CourseRow:
    """What became of one kind of course in one office."""

    office: str
    kind: str
    title: str
    state: str
    number: int


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """One course that was decided. It names no person."""

    case: str
    """Its number; empty for those who neither may open it nor oversee its office."""
    office: str
    title: str
    state: str
    decided_at: datetime
    closed_at: datetime | None


def by_office(reader: Reader, officer: Officer, spans: Sequence[tuple[datetime, datetime]]) -> tuple[QuarterRow, ...]:
    """Cases that are no part of another, opened in each span, by office."""
    scope = [each.code for each in overseen(reader, officer)]
    many = (
        select(PERSON.label("person"))
        .join(case, case.c.subject_id == subject.c.id)
        .where(is_attempt())
        .group_by(PERSON)
        .having(func.count() > 1)
    )
    opened = case.c.opened_at
    place = when(
        *(
            ((opened >= literal(begins, Moment)) & (opened < literal(ends, Moment)), number)
            for number, (begins, ends) in enumerate(spans)
        ),
        else_=-1,
    )
    found = (
        select(
            case.c.office,
            place.label("span"),
            func.count().label("cases"),
            func.count(PERSON.distinct()).label("known"),
            func.sum(when((PERSON.is_(None), 1), else_=0)).label("unknown"),
            func.sum(when((PERSON.in_(many), 1), else_=0)).label("again"),
        )
        .outerjoin(subject, subject.c.id == case.c.subject_id)
        .where(is_attempt(), case.c.office.in_(scope))
        .where(opened >= min(begins for begins, _ in spans), opened < max(ends for _, ends in spans))
        .group_by(case.c.office, place)
    )
    rows: Any = reader.connection.execute(found)
    return tuple(
        QuarterRow(row.office, row.span, row.cases, row.known + row.unknown, row.again or 0)
        for row in rows
        if row.span >= 0
    )


def courses_by_office(reader: Reader, officer: Officer, *, since: datetime, until: datetime) -> tuple[CourseRow, ...]:
    """The courses decided in a period, by office, kind and what became of them."""
    scope = [each.code for each in overseen(reader, officer)]
    keys = (case.c.office, disposition.c.kind, disposition_kind.c.title, disposition.c.state)
    found = (
        select(*keys, func.count().label("number"))
        .join(case, case.c.id == disposition.c.case_id)
        .join(disposition_kind, disposition_kind.c.code == disposition.c.kind)
        .where(case.c.office.in_(scope), disposition.c.decided_at >= since, disposition.c.decided_at < until)
        .group_by(*keys)
        .order_by(*keys)
    )
    return tuple(CourseRow(*row) for row in reader.connection.execute(found))


def courses_behind(
    reader: Reader,
    officer: Officer,
    *,
    office: str,
    kind: str,
    state: str,
    since: datetime,
    until: datetime,
    after: str | None = None,
) -> Page[DecidedRow]:
    """The courses behind one number of `courses_by_office`, the latest first. Raises NotAPage."""
    scope, begins = {each.code for each in overseen(reader, officer)}, place_of(after)
    found = (
        select(case.c.number, case.c.office, disposition_kind.c.title, disposition.c.state)
        .add_columns(disposition.c.decided_at, disposition.c.closed_at, seen_by(officer).label("seen"))
        .join(disposition, disposition.c.case_id == case.c.id)
        .join(disposition_kind, disposition_kind.c.code == disposition.c.kind)
        .where(case.c.office.in_(sorted(scope & {office})), disposition.c.kind == kind, disposition.c.state == state)
        .where(disposition.c.decided_at >= since, disposition.c.decided_at < until)
        .order_by(disposition.c.decided_at.desc(), disposition.c.id.desc())
        .offset(begins)
        .limit(MOST + 1)
    )
    known = told_by_number(reader, officer)
    rows = reader.connection.execute(found).all()
    shown = tuple(
        DecidedRow(
            row.number if row.seen or row.office in known else "",
            row.office,
            row.title,
            row.state,
            row.decided_at,
            row.closed_at,
        )
        for row in rows[:MOST]
    )
    return Page(shown, str(begins + MOST) if len(rows) > MOST else None)
