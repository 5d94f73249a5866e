"""Everything a case's page shows, but for the person: who they are is read elsewhere, and each look at it is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, select

from engine.domain.case import Case, CaseState
from engine.domain.clock import DEADLINE
from engine.domain.deadline import TimeLeft
from engine.domain.organisation import Officer
from engine.domain.release import Release
from engine.domain.work_item import OPEN, WorkItem
from engine.queries.access import visible_case
from engine.queries.audit import Timeline, timeline_of
from engine.queries.dispositions import DispositionRow, dispositions_of
from engine.queries.people import names_of
from engine.queries.reader import Reader
from engine.queries.search import CaseRow, case_row
from engine.queries.worklist import left_of
from engine.storage.cases import work_item_of
from engine.storage.subjects import names_known
from engine.storage.tables import (
    case,
    fact,
    incident,
    participation,
    release,
    subscription,
    timer,
    work_item,
)


class Progress(StrEnum):
    """Where a case is on its rail."""

    DONE = "done"
    CURRENT = "current"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stop of the rail."""

    name: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What stands at the top of every page of a case."""

    case: Case
    release: str
    edition: int
    title: str
    parent: str
    """The number of the case that it is part of; empty for one of its own."""
    offices: tuple[str, ...]
    """The offices that take part, since the earliest."""
    person: tuple[str, ...]
    """Names of the fields that are known of the person; their contents are not read here."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One work item of the case, open or not."""

    item: WorkItem
    holder: str
    """The name of who has it, or who completed it."""
    left: TimeLeft | None
    """For an open one."""
    late: bool
    """Whether it is, or was completed, after its due moment."""


@dataclass(frozen=True, slots=True)
class DueRow:
    """One moment that the case is waiting for or bound by."""

    what: str
    """The activity's name, or the element of a timer."""
    due_at: datetime
    left: TimeLeft | None
    timer: bool
    """True for a timer, which changes the flow; False for a deadline, which only measures."""


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """A fault of the program that stopped the case, or something in it that is far too late."""

    number: int
    code: str
    element: str
    event: str
    tries: int
    state: str
    opened_at: datetime
    last_at: datetime

    @property
    def overdue(self) -> bool:
        """Whether nothing failed, but something is late beyond what its ladder bears."""
        return self.event == DEADLINE


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case, whole."""

    head: CaseHead
    stages: tuple[Stage, ...]
    sub_cases: tuple[CaseRow, ...]
    open_items: tuple[ItemRow, ...]
    closed_items: tuple[ItemRow, ...]
    """The latest first."""
    due: tuple[DueRow, ...]
    messages: tuple[str, ...]
    """Names of the messages that the case waits for."""
    dispositions: tuple[DispositionRow, ...]
    incidents: tuple[IncidentRow, ...]
    timeline: Timeline


def case_page(reader: Reader, officer: Officer, number: str) -> CasePage:
    """Everything about one case. Raises NotFound where there is none that the officer may see."""
    found = visible_case(reader, officer, number)
    items = _items(reader, found)
    waiting = tuple(each for each in items if each.item.state in OPEN)
    return CasePage(
        head=case_head(reader, found),
        stages=stages(reader.release(found.release), found),
        sub_cases=_sub_cases(reader, found),
        open_items=waiting,
        closed_items=tuple(each for each in reversed(items) if each.item.state not in OPEN),
        due=_due(reader, found, waiting),
        messages=_messages(reader, found),
        dispositions=dispositions_of(reader, found.id),
        incidents=_incidents(reader, found),
        timeline=timeline_of(reader, found.id),
    )


def facts_of_case(reader: Reader, officer: Officer, number: str) -> dict[str, Any]:
    """What is known of the matter, as JSON; nothing of a person is a fact. Raises NotFound like the case's page."""
    found = visible_case(reader, officer, number)
    rows = reader.connection.execute(select(fact.c.name, fact.c.value).where(fact.c.case_id == found.id))
    return {row.name: row.value for row in sorted(rows, key=lambda row: row.name)}


def case_head(reader: Reader, found: Case) -> CaseHead:
    """The top of a case's pages, for a case that the officer is known to see."""
    of = reader.release(found.release)
    above = select(case.c.number).where(case.c.id == found.parent)
    joined = select(participation.c.office).where(participation.c.case_id == found.id)
    return CaseHead(
        found,
        of.code,
        of.edition,
        of.title,
        parent=reader.connection.execute(above).scalar() or "",
        offices=tuple(reader.connection.execute(joined.order_by(participation.c.since)).scalars()),
        person=tuple(reader.connection.execute(names_known(found.subject)).scalars()),
    )


def stages(of: Release, found: Case) -> tuple[Stage, ...]:
    """The stops of a release in the order drawn, as far as the case has come; last, one that only something called says."""
    own = sorted((each for each in of.activities.values() if each.process == of.code), key=lambda each: each.line)
    names = list(dict.fromkeys(each for each in (*(each.stage for each in own), found.stage) if each))
    here = names.index(found.stage) if found.stage in names else -1
    over = found.state is CaseState.COMPLETED
    return tuple(Stage(name, _progress(place, here, over=over)) for place, name in enumerate(names))


def _progress(place: int, here: int, *, over: bool) -> Progress:
    if place < here or (over and place == here):
        return Progress.DONE
    return Progress.CURRENT if place == here else Progress.AHEAD


def _items(reader: Reader, found: Case) -> tuple[ItemRow, ...]:
    rows = reader.connection.execute(select(work_item).where(work_item.c.case_id == found.id).order_by(work_item.c.id))
    items = [work_item_of(row) for row in rows]
    names = names_of(reader, {each.officer for each in items if each.officer is not None})
    return tuple(item_row(reader, each, names.get(each.officer or 0, "")) for each in items)


def item_row(reader: Reader, item: WorkItem, holder: str) -> ItemRow:
    """A work item with who has it and what is left of its time."""
    left = left_of(reader, item.due_at, item.office, item.post) if item.state in OPEN else None
    ended = item.done_at or reader.at
    return ItemRow(item, holder, left, item.due_at is not None and ended > item.due_at)


def _sub_cases(reader: Reader, found: Case) -> tuple[CaseRow, ...]:
    below = (
        select(case, release.c.code, release.c.title)
        .join(release, release.c.id == case.c.release_id)
        .where(case.c.parent_id == found.id)
        .order_by(case.c.id)
    )
    return tuple(case_row(row) for row in reader.connection.execute(below))


def _due(reader: Reader, found: Case, waiting: Iterable[ItemRow]) -> tuple[DueRow, ...]:
    bound = [
        DueRow(each.item.name, each.item.due_at, each.left, timer=False)
        for each in waiting
        if each.item.due_at is not None
    ]
    rows = reader.connection.execute(select(timer).where(timer.c.case_id == found.id))
    timed = [DueRow(row.element, row.due_at, left_of(reader, row.due_at, found.office), timer=True) for row in rows]
    return tuple(sorted([*bound, *timed], key=lambda each: each.due_at))


def _messages(reader: Reader, found: Case) -> tuple[str, ...]:
    waited = select(subscription.c.message).where(subscription.c.case_id == found.id).order_by(subscription.c.id)
    return tuple(reader.connection.execute(waited).scalars())


def _incidents(reader: Reader, found: Case) -> tuple[IncidentRow, ...]:
    rows = select(incident).where(incident.c.case_id == found.id).order_by(incident.c.id.desc())
    return tuple(_incident(row) for row in reader.connection.execute(rows))


def _incident(row: Row[Any]) -> IncidentRow:
    return IncidentRow(row.id, row.code, row.element, row.event, row.tries, row.state, row.opened_at, row.last_at)
