"""Everything a work item's page shows: what to do, until when and why then, what was said before, and who is next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine.domain.case import Case
from engine.domain.deadline import Reason, TimeLeft, due_at, explain
from engine.domain.organisation import Officer
from engine.domain.release import Activity, Bound, FieldKind, Release
from engine.domain.work_item import OPEN, WorkItem, WorkItemState
from engine.errors import NotFound
from engine.feel.values import from_json
from engine.forms import known_already, names_read
from engine.queries.access import visible_case_by_row
from engine.queries.ahead import Ahead, Place, ahead, facts_asked
from engine.queries.case import CaseHead, case_head
from engine.queries.clocks import why_of_item
from engine.queries.papers import kinds_of
from engine.queries.people import names_of
from engine.queries.reader import Reader
from engine.queries.worklist import left_of
from engine.storage.cases import work_item_of
from engine.storage.tables import fact, work_item

NOTES = 5


@dataclass(frozen=True, slots=True)
class Crumb:
    """One link of the line that says where this step stands: map, macro, micro."""

    process: str
    element: str
    """The call activity that leads one level down; empty for the last."""
    name: str


@dataclass(frozen=True, slots=True)
class Note:
    """What was decided at an earlier step of the case."""

    item: int
    name: str
    outcome: str
    """The label of the outcome; empty where there was nothing to choose."""
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WorkItemPage:
    """One work item, whole."""

    item: WorkItem
    activity: Activity
    head: CaseHead
    holder: str
    """The name of who has it, or who completed it."""
    may_claim: bool
    """Whether it waits for somebody and the officer holds its post in its office today."""
    may_complete: bool
    """Whether the officer holds its post there and nobody else has it."""
    left: TimeLeft | None
    why: tuple[Reason, ...]
    """Why it is due then; empty where nothing is promised."""
    crumbs: tuple[Crumb, ...]
    step: int
    steps: int
    """Which step of its procedure it is, of how many."""
    values: Mapping[str, Any]
    """The facts that its form asks for, shows or decides by, as far as they are known, in FEEL values."""
    known: frozenset[str]
    """The questions about the person that need no answer again: it is kept already. Their values are not read here."""
    asks: tuple[str, ...]
    """Facts that the way on depends on and no form asks for: those of a drawing that is no SOP."""
    notes: tuple[Note, ...]
    """The latest first."""
    ahead: tuple[Ahead, ...]


def work_item_page(reader: Reader, officer: Officer, number: int) -> WorkItemPage:
    """Everything about one work item. Raises NotFound where there is none in a case that the officer may see."""
    row = reader.connection.execute(select(work_item).where(work_item.c.id == number)).first()
    if row is None:
        raise NotFound(what=f"work item {number}")
    item = work_item_of(row)
    found = _case(reader, officer, item)
    of = reader.release(found.release)
    activity = of.activities.get((item.process, item.element)) or Activity(
        item.process, item.element, item.name, item.kind
    )
    own = _own_steps(of, item.process)
    held = officer.holding(item.post, item.office) is not None
    head = case_head(reader, found)
    return WorkItemPage(
        item=item,
        activity=activity,
        head=head,
        holder=names_of(reader, {item.officer}).get(item.officer, "") if item.officer is not None else "",
        may_claim=item.state is WorkItemState.READY and held,
        may_complete=item.state in OPEN and held and item.officer in {None, officer.number},
        left=left_of(reader, item.due_at, item.office, item.post) if item.state in OPEN else None,
        why=_why(reader, item, activity),
        crumbs=_crumbs(of, item),
        step=own.index(item.element) + 1 if item.element in own else 0,
        steps=len(own),
        values=_values(reader, found, activity),
        known=known_already(activity.form, head.person),
        asks=_asks(of, item, activity),
        notes=_notes(reader, found, of),
        ahead=ahead(of, Place(item.process, item.element, item.path)),
    )


def _asks(of: Release, item: WorkItem, activity: Activity) -> tuple[str, ...]:
    """What to ask for where the drawing itself names no post and no questions."""
    if item.post:
        return ()
    written = {field.name for each in of.activities.values() for field in each.form}
    asked = facts_asked(of, Place(item.process, item.element, item.path))
    return tuple(name for name in asked if name not in written | {*item.local} | {each.name for each in activity.form})


def _case(reader: Reader, officer: Officer, item: WorkItem) -> Case:
    try:
        return visible_case_by_row(reader, officer, item.case)
    except NotFound:
        raise NotFound(what=f"work item {item.number}") from None


def _own_steps(of: Release, process: str) -> list[str]:
    """The steps of one drawing in the order of its file."""
    own = (each for each in of.activities.values() if each.process == process)
    return [each.element for each in sorted(own, key=lambda each: each.line)]


def _why(reader: Reader, item: WorkItem, activity: Activity) -> tuple[Reason, ...]:
    """Why it is due then, by its clock; of a step done before clocks were kept, by what its SOP says."""
    if activity.allowance is None:
        return ()
    reasons = why_of_item(reader, item.case, item.token)
    if reasons or item.due_at is None:
        return reasons
    calendar = reader.organisation.calendar_of_post(item.office, item.post)
    reasons = explain(item.opened_at, activity.allowance, calendar)
    if due_at(item.opened_at, activity.allowance, calendar) == item.due_at:
        return reasons
    moved = Reason(
        "The calendar has changed since; {moment}, promised then, stays.", {"moment": calendar.local(item.due_at)}
    )
    return (*reasons, moved)


def _crumbs(of: Release, item: WorkItem) -> tuple[Crumb, ...]:
    """From the release's own drawing down to the step; sub-processes within a drawing are part of its name."""
    above = []
    for each in item.path:
        process, _, element = each.partition("/")
        known = of.activities.get((process, element))
        above.append(Crumb(process, element, known.name if known else element))
    return (*above, Crumb(item.process, "", item.name))


def _values(reader: Reader, found: Case, activity: Activity) -> Mapping[str, Any]:
    asked = sorted({each.name for each in activity.form if each.bound is Bound.FACT} | names_read(activity.form))
    rows = select(fact.c.name, fact.c.value).where(fact.c.case_id == found.id, fact.c.name.in_(asked))
    known = {row.name: from_json(row.value) for row in reader.connection.execute(rows)}
    if wanted := {each.name for each in activity.form if each.kind is FieldKind.DOCUMENT}:
        there = kinds_of(reader, found)
        known |= {name: name in there for name in wanted}
    return known


def _notes(reader: Reader, found: Case, of: Release) -> tuple[Note, ...]:
    done = (
        select(work_item)
        .where(work_item.c.case_id == found.id, work_item.c.state == WorkItemState.COMPLETED)
        .order_by(work_item.c.closed_at.desc(), work_item.c.id.desc())
        .limit(NOTES)
    )
    items = [work_item_of(row) for row in reader.connection.execute(done)]
    names = names_of(reader, {each.officer for each in items if each.officer is not None})
    return tuple(
        Note(
            each.number,
            each.name,
            _label(of, each),
            names.get(each.officer or 0, ""),
            each.closed_at or each.opened_at,
        )
        for each in items
    )


def _label(of: Release, item: WorkItem) -> str:
    known = of.activities.get((item.process, item.element))
    labels = {each.value: each.label for each in known.outcomes} if known else {}
    return labels.get(item.outcome, item.outcome)
