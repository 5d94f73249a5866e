"""The worklist: work items that wait, the one with the least time left first.

Within one office the order of due moments is the order of working time left, so the index does the sorting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
    type_coerce,
)

from engine.domain.deadline import TimeLeft, time_left
from engine.domain.organisation import Officer
from engine.domain.release import Allowance, Clock
from engine.domain.work_item import BY_PERSONS, WorkItemState
from engine.queries.pages import LENGTH, Page, checked_length, cut, moment_and_number
from engine.queries.reader import Reader
from engine.storage.columns import FAR, Deadline, Moment
from engine.storage.tables import case, release, work_item
from engine.storage.tables import officer as officers

COUNTED = 100
"""Numbers beside the tabs stop here: counting 5,000 rows to show a number costs more than showing 25 of them."""


class Scope(StrEnum):
    """Whose work is listed."""

    MINE = "mine"
    """What the officer has taken."""
    POSTS = "posts"
    """What nobody has taken yet, of the posts that the officer holds today, and what anybody in the office may do."""
    OFFICE = "office"
    """Everything open in the offices of the officer, whoever has it; what waits for another program too."""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One line of the worklist. It names no person that the case is about."""

    item: int
    version: int
    """What a command on this line must name as seen."""
    name: str
    process: str
    element: str
    kind: str
    """The local name of the BPMN element: what waits for another program is a `serviceTask` or `sendTask`."""
    post: str
    """Empty where anybody in the office may do it."""
    office: str
    state: WorkItemState
    holder: str
    """The name of the officer who has taken it; empty where nobody has."""
    mine: bool
    opened_at: datetime
    due_at: datetime | None
    left: TimeLeft | None
    """Counted on the calendar of the office whose work it is; None where it has no time, or that stands still."""
    stopped: bool
    """Whether it has a time that stands still."""
    clock: Clock | None
    """Which of the two ways of counting the allowance means; None where it has no allowance."""
    allowance: Allowance | None
    case: str
    """The case's number."""
    stage: str
    release: str
    title: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items each tab holds; one more than `COUNTED` means *more than that*."""

    mine: int
    posts: int
    office: int


# Written out and not bound, so that both databases see that the partial indexes apply.
_READY = work_item.c.state == literal_column("'ready'")
_RESERVED = work_item.c.state == literal_column("'reserved'")
_OPEN = work_item.c.state.in_([literal_column("'ready'"), literal_column("'reserved'")])
_KEY = (work_item.c.due_at, work_item.c.id)
_DUE = type_coerce(work_item.c.due_at, Moment)  # never, too, has to be compared here


def worklist(
    reader: Reader,
    officer: Officer,
    scope: Scope,
    *,
    search: str = "",
    post: str = "",
    after: str | None = None,
    length: int = LENGTH,
) -> Page[WorkRow]:
    """One page of open work items, least time left first.

    `search` keeps items whose step, stage or procedure holds the text or whose case number begins with it; `post` one post.
    Raises NotAPage for an `after` that no page gave, NotValid for a length outside 1 to 200.
    """
    arms = [
        _arm(where, search.strip(), post, after).order_by(*_KEY).limit(checked_length(length) + 1)
        for where in _places(officer, scope)
    ]
    first = sorted((due, number) for arm in arms for due, number in reader.connection.execute(arm))[: length + 1]
    rows = {row.id: row for row in reader.connection.execute(_details([number for _, number in first]))}
    lines = [rows[number] for _, number in first]
    return cut(lines, length, lambda row: _line(reader, officer, row), lambda row: (row.due_at or FAR, row.id))


def counts(reader: Reader, officer: Officer) -> Counts:
    """The numbers beside the three tabs."""
    return Counts(**{scope.value: _count(reader, officer, scope) for scope in Scope})


def _places(officer: Officer, scope: Scope) -> list[ColumnElement[bool]]:
    """One condition for each run of an index that has to be merged."""
    held = sorted({(each.office, each.post) for each in officer.holdings})
    match scope:
        case Scope.MINE:
            return [and_(_RESERVED, work_item.c.officer_id == officer.number)]
        case Scope.POSTS:
            own = [and_(_READY, work_item.c.office == office, work_item.c.post == post) for office, post in held]
            common = [
                and_(
                    _READY,
                    work_item.c.office == office,
                    work_item.c.post == "",
                    work_item.c.kind.in_(sorted(BY_PERSONS)),
                )
                for office in sorted(officer.offices)
            ]
            return [*own, *common]
        case Scope.OFFICE:
            return [and_(_OPEN, work_item.c.office == office) for office in sorted(officer.offices)]


def _arm(where: ColumnElement[bool], search: str, post: str, after: str | None) -> Select[datetime, int]:
    """The keys of one run of an index, in its order: only these few are merged, the whole list is never sorted."""
    found = select(_DUE, work_item.c.id).where(where)
    if post:
        found = found.where(work_item.c.post == post)
    if search:
        found = found.join(case, case.c.id == work_item.c.case_id).join(release, release.c.id == case.c.release_id)
        named = (work_item.c.name, work_item.c.process, case.c.stage, release.c.title, release.c.code)
        holds = [each.icontains(search, autoescape=True) for each in named]
        found = found.where(or_(case.c.number.istartswith(search, autoescape=True), *holds))
    if after is not None:
        moment, number = moment_and_number(after)
        found = found.where(tuple_(*_KEY) > tuple_(literal(moment, Deadline), literal(number)))
    return found


def _details(numbers: list[int]) -> Select[Any]:
    return (
        select(work_item, case.c.number, case.c.stage, case.c.release_id, release.c.code, release.c.title)
        .add_columns(officers.c.name.label("holder"))
        .join(case, case.c.id == work_item.c.case_id)
        .join(release, release.c.id == case.c.release_id)
        .outerjoin(officers, officers.c.id == work_item.c.officer_id)
        .where(work_item.c.id.in_(numbers))
    )


def _count(reader: Reader, officer: Officer, scope: Scope) -> int:
    counted = 0
    for where in _places(officer, scope):
        some = select(work_item.c.id).where(where).limit(COUNTED + 1 - counted).subquery()
        counted += reader.connection.execute(select(func.count()).select_from(some)).scalar_one()
        if counted > COUNTED:
            break
    return counted


def _line(reader: Reader, officer: Officer, row: Row[Any]) -> WorkRow:
    allowance = _allowance(reader, row)
    return WorkRow(
        item=row.id,
        version=row.version,
        name=row.name,
        process=row.process,
        element=row.element,
        kind=row.kind,
        post=row.post,
        office=row.office,
        state=WorkItemState(row.state),
        holder=row.holder or "",
        mine=row.officer_id == officer.number,
        opened_at=row.opened_at,
        due_at=row.due_at,
        left=left_of(reader, row.due_at, row.office, row.post),
        stopped=allowance is not None and row.due_at is None,
        clock=allowance.clock if allowance is not None else None,
        allowance=allowance,
        case=row.number,
        stage=row.stage,
        release=row.code,
        title=row.title,
    )


def _allowance(reader: Reader, row: Row[Any]) -> Allowance | None:
    activity = reader.release(row.release_id).activities.get((row.process, row.element))
    return activity.allowance if activity is not None else None


def left_of(reader: Reader, due: datetime | None, office: str, post: str = "") -> TimeLeft | None:
    """How long until a due moment in the working time of a post in an office; None where nothing is due."""
    return None if due is None else time_left(reader.at, due, reader.organisation.calendar_of_post(office, post))
