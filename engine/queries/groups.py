"""Groups of people who came together, and the board of one: everybody in it with what waits for whom.

Of the persons who are shown it tells the sex and the day they were born, so that forty rows can be told apart; never a
name. These two are unlocked for the places that a page shows, and for nobody else of the group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy import case as either

from engine.domain.case import CaseState
from engine.domain.deadline import TimeLeft
from engine.domain.disposition import DispositionState
from engine.domain.event import Event
from engine.domain.organisation import Officer
from engine.domain.release import Clock, Field
from engine.domain.work_item import WorkItemState
from engine.errors import NotFound
from engine.feel import from_json
from engine.queries.pages import LENGTH, Page, checked_length, cut, number_alone
from engine.queries.reader import Reader
from engine.queries.worklist import left_of
from engine.storage.groups import event_of, note_place
from engine.storage.subjects import Subjects
from engine.storage.tables import case, disposition, disposition_kind, event, event_person, fact, release, work_item
from engine.storage.tables import officer as officers

_DEEPEST = 6
_TOLD = ("jenis_kelamin", "tanggal_lahir")
"""What the board tells of a person."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of the list of groups."""

    id: int
    number: str
    title: str
    office: str
    place: str
    found_at: datetime | None
    opened_at: datetime
    closed_at: datetime | None
    people: int
    running: int
    """How many of them have a case that still runs."""


@dataclass(frozen=True, slots=True)
class BoardItem:
    """What waits in somebody's case or in a case below it."""

    item: int
    version: int
    name: str
    process: str
    element: str
    case: str
    """The number of the case that it belongs to: the person's own, or one below it."""
    post: str
    office: str
    state: WorkItemState
    holder: str
    """The name of who has taken it; empty where nobody has."""
    mine: bool
    may: bool
    """Whether the officer holds its post: then they may take it."""
    due_at: datetime | None
    left: TimeLeft | None
    clock: Clock | None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One person of the group."""

    place: int
    """From 1, in the order in which they were taken in."""
    case: str
    state: CaseState
    stage: str
    facts: Mapping[str, Any]
    """Those that were asked for."""
    alike: tuple[str, ...]
    """Cases that may be of the same person."""
    items: tuple[BoardItem, ...] = ()
    """The most urgent first."""
    courses: tuple[tuple[str, DispositionState], ...] = ()
    """What was decided for the person: title and state."""


@dataclass(frozen=True, slots=True)
class Face:
    """What the board tells of one person."""

    sex: str = ""
    born: str = ""
    """`1994-03-12`; empty where it is not known."""


@dataclass(frozen=True, slots=True)
class Board:
    """A group with everybody in it."""

    event: Event
    opened_by: str
    people: tuple[BoardRow, ...]


@dataclass(slots=True)
class _Below:
    """What was found under the cases of a group, by the row of each person's own case."""

    items: dict[int, list[BoardItem]] = field(default_factory=lambda: defaultdict(list))
    courses: dict[int, list[tuple[str, DispositionState]]] = field(default_factory=lambda: defaultdict(list))
    facts: dict[int, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))


def groups(reader: Reader, officer: Officer, *, after: str | None = None, length: int = LENGTH) -> Page[EventRow]:
    """One page of the groups of the officer's offices, the newest first. Raises NotAPage, NotValid."""
    running = func.sum(either((case.c.state.in_(["running", "suspended"]), 1), else_=0))
    counted = (
        select(case.c.event_id, func.count().label("people"), running.label("running"))
        .where(case.c.event_id.is_not(None))
        .group_by(case.c.event_id)
        .subquery()
    )
    found = (
        select(event, counted.c.people, counted.c.running)
        .outerjoin(counted, counted.c.event_id == event.c.id)
        .where(event.c.office.in_(sorted(officer.offices)))
        .order_by(event.c.id.desc())
        .limit(checked_length(length) + 1)
    )
    if after is not None:
        found = found.where(event.c.id < number_alone(after))
    return cut(list(reader.connection.execute(found)), length, _line, lambda row: (row.id,))


def group(reader: Reader, officer: Officer, number: str) -> Event:
    """One group of the officer's offices, its note in clear. Raises NotFound."""
    return _one(reader, officer, number)[0]


def board(reader: Reader, officer: Officer, number: str, *, facts: Collection[str] = ()) -> Board:
    """A group with everybody in it, in the order in which they came. Raises NotFound, also for another office's."""
    found, opener = _one(reader, officer, number)
    came = (
        select(event_person.c.place, event_person.c.alike, case)
        .join(case, case.c.id == event_person.c.case_id)
        .where(event_person.c.event_id == found.id)
        .order_by(event_person.c.place)
    )
    rows = reader.connection.execute(came).all()
    below = _below(reader, officer, [row.id for row in rows], facts)
    return Board(found, opener, tuple(_person(row, below) for row in rows))


def faces(reader: Reader, officer: Officer, number: str, *, places: Collection[int]) -> Mapping[int, Face]:
    """What is told of the persons in these places of a group. Raises NotFound like the board."""
    found, _ = _one(reader, officer, number)
    came = (
        select(event_person.c.place, case.c.subject_id)
        .join(case, case.c.id == event_person.c.case_id)
        .where(event_person.c.event_id == found.id, event_person.c.place.in_(sorted(places)))
    )
    subjects = Subjects(reader.connection, reader.keys)
    told = {
        row.place: subjects.read_own(row.subject_id, _TOLD) if row.subject_id else {}
        for row in reader.connection.execute(came).all()
    }
    return {place: Face(own.get("jenis_kelamin", ""), own.get("tanggal_lahir", "")) for place, own in told.items()}


def table_questions(reader: Reader, number: str) -> tuple[Field, ...]:
    """What a table may answer beforehand for the procedure of this code: the questions of all of its forms, once each."""
    row = reader.connection.execute(
        select(release.c.id).where(release.c.code == number, release.c.state == "in-force")
    ).first()
    if row is None:
        raise NotFound(what=f"a procedure {number} in force")
    asked: dict[str, Field] = {}
    for activity in reader.release(row.id).activities.values():
        for each in activity.form:
            asked.setdefault(each.name, each)
    return tuple(asked.values())


def _one(reader: Reader, officer: Officer, number: str) -> tuple[Event, str]:
    wanted = select(event, officers.c.name).join(officers, officers.c.id == event.c.opened_by)
    mine = event.c.office.in_(sorted(officer.offices))
    row = reader.connection.execute(wanted.where(event.c.number == number, mine)).first()
    if row is None:
        raise NotFound(what=f"group {number}")
    note = reader.keys.unlock(row.note, note_place(row.id)) if row.note else ""
    return event_of(row, note), row.name


def _line(row: Row[Any]) -> EventRow:
    return EventRow(
        row.id,
        row.number,
        row.title,
        row.office,
        row.place,
        row.found_at,
        row.opened_at,
        row.closed_at,
        row.people or 0,
        row.running or 0,
    )


def _person(row: Row[Any], below: _Below) -> BoardRow:
    return BoardRow(
        row.place,
        row.number,
        CaseState(row.state),
        row.stage,
        below.facts[row.id],
        tuple(row.alike),
        tuple(below.items[row.id]),
        tuple(below.courses[row.id]),
    )


def _below(reader: Reader, officer: Officer, rows: Sequence[int], names: Collection[str]) -> _Below:
    """Everything that hangs under these cases, asked for all of them at once."""
    found = _Below()
    if not rows:
        return found
    top = _families(reader, rows)
    for item in reader.connection.execute(_items(list(top))):
        found.items[top[item.case_id]].append(_item(reader, officer, item))
    courses = (
        select(disposition.c.case_id, disposition.c.state, disposition_kind.c.title)
        .join(disposition_kind, disposition_kind.c.code == disposition.c.kind)
        .where(disposition.c.case_id.in_(rows))
        .order_by(disposition.c.id)
    )
    for each in reader.connection.execute(courses):
        found.courses[each.case_id].append((each.title, DispositionState(each.state)))
    wanted = select(fact.c.case_id, fact.c.name, fact.c.value).where(fact.c.case_id.in_(rows))
    for each in reader.connection.execute(wanted.where(fact.c.name.in_(sorted(names)))):
        found.facts[each.case_id][each.name] = from_json(each.value)
    return found


def _families(reader: Reader, rows: Sequence[int]) -> dict[int, int]:
    """Each of these cases and each below one of them → the one that it lies under."""
    top = {row: row for row in rows}
    level = list(rows)
    for _ in range(_DEEPEST):
        below = select(case.c.id, case.c.parent_id).where(case.c.parent_id.in_(level))
        children = reader.connection.execute(below).all()
        level = [child.id for child in children]
        if not level:
            break
        top |= {child.id: top[child.parent_id] for child in children}
    return top


def _items(rows: Sequence[int]) -> Any:
    return (
        select(work_item, case.c.number, case.c.release_id, officers.c.name.label("holder"))
        .join(case, case.c.id == work_item.c.case_id)
        .outerjoin(officers, officers.c.id == work_item.c.officer_id)
        .where(work_item.c.case_id.in_(rows), work_item.c.state.in_(["ready", "reserved"]))
        .order_by(work_item.c.due_at, work_item.c.id)
    )


def _item(reader: Reader, officer: Officer, row: Row[Any]) -> BoardItem:
    activity = reader.release(row.release_id).activities.get((row.process, row.element))
    return BoardItem(
        row.id,
        row.version,
        row.name,
        row.process,
        row.element,
        row.number,
        row.post,
        row.office,
        WorkItemState(row.state),
        row.holder or "",
        row.officer_id == officer.number,
        officer.holding(row.post, row.office) is not None,
        row.due_at,
        left_of(reader, row.due_at, row.office, row.post),
        activity.allowance.clock if activity is not None and activity.allowance is not None else None,
    )
