"""The prevention picture by office and quarter: how many cases and persons, who came again, what was decided. Never a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case as when
from sqlalchemy import func, literal, select

from engine.domain.organisation import Officer
from engine.queries.prevention import overseen
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


def by_office(reader: Reader, officer: Officer, spans: Sequence[tuple[datetime, datetime]]) -> tuple[QuarterRow, ...]:
    """Cases that are no part of another, opened in each span, by office."""
    scope = [each.code for each in overseen(reader, officer)]
    person = func.coalesce(subject.c.person_id, subject.c.id)
    many = (
        select(person.label("person"))
        .join(case, case.c.subject_id == subject.c.id)
        .where(case.c.parent_id.is_(None))
        .group_by(person)
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
            func.count(person.distinct()).label("known"),
            func.sum(when((person.is_(None), 1), else_=0)).label("unknown"),
            func.sum(when((person.in_(many), 1), else_=0)).label("again"),
        )
        .outerjoin(subject, subject.c.id == case.c.subject_id)
        .where(case.c.parent_id.is_(None), case.c.office.in_(scope))
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
