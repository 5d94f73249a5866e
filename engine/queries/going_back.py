"""The way back as a page sees it: what may be taken back or returned, and what has been, by whom and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.course.going_back import look_back
from engine.domain.case import Case, CaseState
from engine.domain.organisation import Officer
from engine.domain.work_item import OPEN, WorkItem, WorkItemState
from engine.errors import NotFound, Refusal
from engine.process import Step
from engine.queries.access import visible_case_by_row
from engine.queries.reader import Reader
from engine.storage.aftermath import Aftermath
from engine.storage.cases import work_item_of
from engine.storage.counter_steps import CounterStep, read_counter_steps
from engine.storage.tables import counter_step, suspension, work_item


@dataclass(frozen=True, slots=True)
class Returnable:
    """A completed item to which open work may be sent back."""

    number: int
    name: str
    by: str
    """Who completed it."""
    at: datetime


def returnable(reader: Reader, officer: Officer, item_id: int) -> tuple[Returnable, ...]:
    """The items to which an open item may be sent back by this officer; none where it may not be.

    Raises NotFound for an item in a case that the officer may not see.
    """
    item, case = _seen(reader, officer, item_id)
    held = officer.holding(item.post, item.office) is not None and item.officer in {None, officer.number}
    if item.state not in OPEN or not held or case.state is not CaseState.RUNNING:
        return ()
    aftermath = Aftermath(reader.connection)
    found = []
    for each in aftermath.closed_when(item):
        step = _step_back(reader, case, each, officer)
        if step is not None and item.token in {closed.token for closed in step.closed}:
            by = aftermath.name_of(each.changed_by)[1]
            found.append(Returnable(each.number, each.name, by, each.closed_at or each.opened_at))
    return tuple(found)


def takeable(reader: Reader, officer: Officer, item_id: int) -> bool:
    """Whether the officer may take back this item now. Raises NotFound as `returnable` does."""
    item, case = _seen(reader, officer, item_id)
    own = item.changed_by == officer.number and officer.holding(item.post, item.office) is not None
    done = item.state is WorkItemState.COMPLETED and case.state is CaseState.RUNNING
    return own and done and _step_back(reader, case, item, officer) is not None


def counter_steps_of(reader: Reader, officer: Officer, item_id: int) -> tuple[CounterStep, ...]:
    """What was taken back, returned and corrected of one item, the latest first. Raises NotFound as `returnable` does."""
    item, _ = _seen(reader, officer, item_id)
    return read_counter_steps(reader.connection, reader.keys, counter_step.c.item_id == item.number)[::-1]


def counter_steps_of_case(reader: Reader, officer: Officer, row: int) -> tuple[CounterStep, ...]:
    """Every counter-step of a case, the latest first. Raises NotFound for a case that the officer may not see."""
    visible_case_by_row(reader, officer, row)
    return read_counter_steps(reader.connection, reader.keys, counter_step.c.case_id == row)[::-1]


def suspension_of(reader: Reader, officer: Officer, row: int) -> CounterStep | None:
    """The step by which a case (by its row) is suspended: its own, or that of a case above. None where it is not suspended.

    Raises NotFound as `counter_steps_of_case` does.
    """
    visible_case_by_row(reader, officer, row)
    held = select(suspension.c.step_id).where(suspension.c.case_id == row).scalar_subquery()
    return next(iter(read_counter_steps(reader.connection, reader.keys, counter_step.c.id == held)), None)


def _seen(reader: Reader, officer: Officer, item_id: int) -> tuple[WorkItem, Case]:
    row = reader.connection.execute(select(work_item).where(work_item.c.id == item_id)).first()
    if row is None:
        raise NotFound(what=f"work item {item_id}")
    item = work_item_of(row)
    try:
        return item, visible_case_by_row(reader, officer, item.case)
    except NotFound:
        raise NotFound(what=f"work item {item_id}") from None


def _step_back(reader: Reader, case: Case, item: WorkItem, officer: Officer) -> Step | None:
    try:
        return look_back(Aftermath(reader.connection), reader.go_back, case, item, act="take back", by=officer.number)
    except Refusal:
        return None
