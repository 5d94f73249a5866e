"""The steps behind a number, or their cases; and all steps of one case. None of it names a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, func, or_, select
from sqlalchemy.sql.selectable import Select

from engine.domain.deadline import time_left
from engine.domain.organisation import Officer
from engine.errors import NotFound
from engine.queries.access import seen_by
from engine.queries.oversight.counting import BY_PEOPLE, LATE, NEVER, behind, ended_in, total
from engine.queries.oversight.view import View, view_of
from engine.queries.pages import LENGTH, Page, checked_length, cut, moment_and_number
from engine.queries.reader import Reader
from engine.storage.columns import FAR
from engine.storage.comments import comment_of
from engine.storage.tables import case as cases
from engine.storage.tables import comment, work_item


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of one case. It names no person."""

    item: int
    case: str
    seen: bool
    """Whether the officer may open the case."""
    process: str
    element: str
    name: str
    post: str
    office: str
    state: str
    opened_at: datetime
    claimed_at: datetime | None
    closed_at: datetime | None
    happened_at: datetime | None
    due_at: datetime | None
    over: timedelta | None
    """By how much working time it was, or is, late; None where it was not."""


@dataclass(frozen=True, slots=True)
class CaseCount:
    """One case with how its steps were done."""

    case: str
    seen: bool
    office: str
    state: str
    opened_at: datetime
    done: int
    late: int


def steps_behind(
    reader: Reader, officer: Officer, view: View, *, count: str, after: str | None = None, length: int = LENGTH
) -> Page[StepRow]:
    """The steps behind one number of `COUNTS`, the latest first. Raises NotAPage, and NotValid for another number."""
    moment = work_item.c.due_at if count in {"open", "open_late"} else work_item.c.closed_at
    found = (
        _steps(officer, func.coalesce(moment, NEVER).label("key"))
        .where(*behind(reader, view, count))
        .order_by(moment.desc(), work_item.c.id.desc())
        .limit(checked_length(length) + 1)
    )
    if after is not None:
        at, number = moment_and_number(after)
        found = found.where(or_(moment < at, and_(moment == at, work_item.c.id < number)))
    rows = reader.connection.execute(found).all()
    return cut(rows, length, lambda row: _step(reader, row), lambda row: (row.key or FAR, row.id))


def cases_behind(
    reader: Reader, officer: Officer, view: View, *, count: str = "done", after: str | None = None, length: int = LENGTH
) -> Page[CaseCount]:
    """The cases behind a number, the latest opened first."""
    told = (cases.c.id, cases.c.number, cases.c.office, cases.c.state, cases.c.opened_at)
    found = (
        select(*told, seen_by(officer).label("seen"), func.count().label("done"), total(LATE).label("late"))
        .join(cases, cases.c.id == work_item.c.case_id)
        .where(*behind(reader, view, count))
        .group_by(*told)
        .order_by(cases.c.opened_at.desc(), cases.c.id.desc())
        .limit(checked_length(length) + 1)
    )
    if after is not None:
        at, number = moment_and_number(after)
        found = found.where(or_(cases.c.opened_at < at, and_(cases.c.opened_at == at, cases.c.id < number)))
    rows = reader.connection.execute(found).all()
    return cut(
        rows,
        length,
        lambda row: CaseCount(row.number, bool(row.seen), row.office, row.state, row.opened_at, row.done, row.late),
        lambda row: (row.opened_at, row.id),
    )


def late_reasons(reader: Reader, shown: Sequence[StepRow]) -> dict[int, str]:
    """Why these were entered late, for the cases that the officer may open: item → the reason last given."""
    items = [each.item for each in shown if each.seen and each.happened_at is not None]
    said = select(comment).where(comment.c.item_id.in_(items), comment.c.kind == "late").order_by(comment.c.id)
    rows: Any = reader.connection.execute(said) if items else ()
    return {row.item_id: comment_of(row, reader.keys).text for row in rows}


def events_of(reader: Reader, officer: Officer, view: View) -> Iterator[StepRow]:
    """Every completed step of a view, case by case in the order done, read as they are asked for."""
    found = (
        _steps(officer)
        .where(*ended_in(view))
        .order_by(work_item.c.case_id, work_item.c.closed_at, work_item.c.id)
        .execution_options(yield_per=500)
    )
    for row in reader.connection.execute(found):
        yield _step(reader, row)


def steps_of_case(reader: Reader, officer: Officer, number: str) -> tuple[StepRow, ...]:
    """The steps of one case in the order in which they were opened, those of offices that one oversees.

    None of a case of such an office in which no step is one of theirs. Raises NotFound for any other case.
    """
    view = view_of(reader, officer)
    found = (
        _steps(officer)
        .where(cases.c.number == number, BY_PEOPLE, work_item.c.office.in_(view.offices))
        .order_by(work_item.c.opened_at, work_item.c.id)
    )
    rows = tuple(_step(reader, row) for row in reader.connection.execute(found))
    if not rows:
        own = select(cases.c.id).where(cases.c.number == number, cases.c.office.in_(view.offices))
        if reader.connection.execute(own).first() is None:
            raise NotFound(what=f"case {number}")
    return rows


def _steps(officer: Officer, *more: Any) -> Select[Any]:
    found = select(work_item, cases.c.number, seen_by(officer).label("seen"), *more)
    return found.join(cases, cases.c.id == work_item.c.case_id)


def _step(reader: Reader, row: Row[Any]) -> StepRow:
    until = row.happened_at or row.closed_at or reader.at
    late = row.due_at is not None and row.state != "exited" and until > row.due_at
    calendar = reader.organisation.calendar_of_post(row.office, row.post)
    return StepRow(
        row.id,
        row.number,
        bool(row.seen),
        row.process,
        row.element,
        row.name,
        row.post,
        row.office,
        row.state,
        row.opened_at,
        row.claimed_at,
        row.closed_at,
        row.happened_at,
        row.due_at,
        time_left(row.due_at, until, calendar).working if late else None,
    )
