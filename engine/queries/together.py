"""Several work items of one step, to be taken or completed with one form. Each of them stays a work item of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.domain.organisation import Officer
from engine.domain.release import Activity, Bound
from engine.domain.work_item import OPEN, WorkItem, WorkItemState
from engine.errors import NotFound, NotValid
from engine.feel import from_json
from engine.forms import asks_of_person, known_already, names_read
from engine.queries.access import seen_by
from engine.queries.reader import Reader
from engine.storage.cases import work_item_of
from engine.storage.subjects import names_of_many
from engine.storage.tables import case, fact, work_item

MOST = 250
"""Items that may be worked on at once."""


@dataclass(frozen=True, slots=True)
class Together:
    """One of the chosen items."""

    item: WorkItem
    case: str
    """The case's number."""
    activity: Activity
    values: Mapping[str, Any]
    """What the case knows already of what the form asks, shows or decides by."""
    known: frozenset[str]
    """The questions about the person that need no answer again: it is kept already."""
    may_claim: bool
    may_complete: bool


def together(reader: Reader, officer: Officer, numbers: Sequence[int]) -> tuple[Together, ...]:
    """The items of these numbers in the order in which they were opened. Raises NotFound where one is not to be seen."""
    wanted = sorted(set(numbers))
    if len(wanted) > MOST:
        raise NotValid(what="the number of items", wanted=f"at most {MOST}", found=len(wanted))
    found = (
        select(work_item, case.c.number, case.c.release_id, case.c.subject_id)
        .join(case, case.c.id == work_item.c.case_id)
        .where(work_item.c.id.in_(wanted), seen_by(officer))
        .order_by(work_item.c.id)
    )
    rows = reader.connection.execute(found).all()
    if missing := set(wanted) - {row.id for row in rows}:
        raise NotFound(what=f"work item {min(missing)}")
    read = [(work_item_of(row), row.number, _activity(reader, row)) for row in rows]
    known = _known(reader, read)
    persons = {row.id: row.subject_id for row in rows}
    asking = {item.number for item, _, activity in read if asks_of_person(activity.form, {})}
    names = names_of_many(reader.connection, {persons[each] for each in asking} - {None})
    told = {item.number: names.get(persons[item.number], frozenset()) for item, _, _ in read}
    return tuple(_one(officer, item, number, activity, known, told) for item, number, activity in read)


def _one(
    officer: Officer,
    item: WorkItem,
    number: str,
    activity: Activity,
    known: Mapping[int, Mapping[str, Any]],
    told: Mapping[int, frozenset[str]],
) -> Together:
    held = officer.holding(item.post, item.office) is not None
    return Together(
        item,
        number,
        activity,
        {**known[item.case], **{name: from_json(value) for name, value in item.local.items()}},
        known_already(activity.form, told[item.number]),
        may_claim=item.state is WorkItemState.READY and held,
        may_complete=item.state in OPEN and held and item.officer in {None, officer.number},
    )


def _activity(reader: Reader, row: Any) -> Activity:
    known = reader.release(row.release_id).activities.get((row.process, row.element))
    return known or Activity(row.process, row.element, row.name, row.kind)


def _known(reader: Reader, read: Sequence[tuple[WorkItem, str, Activity]]) -> Mapping[int, Mapping[str, Any]]:
    names = {field.name for _, _, each in read for field in each.form if field.bound is Bound.FACT}
    names = names.union(*(names_read(each.form) for _, _, each in read))
    cases = sorted({item.case for item, _, _ in read})
    values: dict[int, dict[str, Any]] = defaultdict(dict)
    rows = select(fact).where(fact.c.case_id.in_(cases), fact.c.name.in_(sorted(names)))
    for row in reader.connection.execute(rows):
        values[row.case_id][row.name] = from_json(row.value)
    return values
