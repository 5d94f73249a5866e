"""Cases and their work items as rows: read under the case's lock, changed in memory, written together at the end.

A step writes one statement a table, whatever the case has been through before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from engine.domain.case import Case, CaseState
from engine.domain.clock import DEADLINE
from engine.domain.work_item import OPEN, WorkItem, WorkItemState
from engine.errors import NotFound
from engine.storage.counters import count_up
from engine.storage.hot_path import Question, ask, write
from engine.storage.tables import audit_head, case, incident, officer, participation, timer, work_item
from engine.storage.trail import Trail
from engine.storage.upsert import add_missing
from engine.storage.writer import Writer

_again = case.alias("as_first_seen")
_SEEN = select(_again.c.version).where(_again.c.id == case.c.id).scalar_subquery().label("seen_version")
_NEXT_DUE = select(func.min(timer.c.due_at)).where(timer.c.case_id == case.c.id).scalar_subquery().label("next_due")
_OVERDUE = (
    exists()
    .where(incident.c.case_id == case.c.id, incident.c.state == literal_column("'open'"))
    .where(incident.c.event == literal_column(f"'{DEADLINE}'"))
    .label("overdue")
)
"""Written out and not bound, so that both databases see that the partial index applies: it is nearly empty."""
_CASE = (
    select(case, audit_head.c.seq, audit_head.c.hash, _SEEN, _NEXT_DUE, _OVERDUE)
    .join(audit_head, audit_head.c.case_id == case.c.id)
    .with_for_update(of=[case, audit_head])
)
_IF_FREE = (
    select(case, audit_head.c.seq, audit_head.c.hash, _SEEN, _NEXT_DUE, _OVERDUE)
    .join(audit_head, audit_head.c.case_id == case.c.id)
    .where(case.c.id == bindparam("of"))
    .with_for_update(of=[case, audit_head], skip_locked=True)
)
_item_columns = [each.label(f"item_{each.name}") for each in work_item.c]
_CHANGER = officer.c.name.label("changer")
_ITEM = (
    select(case, audit_head.c.seq, audit_head.c.hash, _SEEN, _NEXT_DUE, _OVERDUE, *_item_columns, _CHANGER)
    .join(audit_head, audit_head.c.case_id == case.c.id)
    .join(work_item, work_item.c.case_id == case.c.id)
    .outerjoin(officer, officer.c.id == work_item.c.changed_by)
    .where(work_item.c.id == bindparam("of"))
    .with_for_update(of=[case, audit_head, work_item])
)
_BY_ID = _CASE.where(case.c.id == bindparam("of"))
_BY_NUMBER = _CASE.where(case.c.number == bindparam("of"))
_SAVE = (
    update(case)
    .where(case.c.id == bindparam("of"), case.c.version == bindparam("was"))
    .values(
        version=bindparam("was") + 1,
        **{
            name: bindparam(f"new_{name}")
            for name in (
                "origin_office",
                "destination_office",
                "subject_id",
                "state",
                "stage",
                "snapshot",
                "ended_at",
                "ended_how",
            )
        },
    )
)
_OF_ITEM = ("officer_id", "state", "changed_at", "changed_by", "closed_at", "outcome", "way_back", "claimed_at")
_SAVE_ITEM = (
    update(work_item)
    .where(work_item.c.id == bindparam("of"), work_item.c.version == bindparam("was"))
    .values(
        version=bindparam("was") + 1,
        **{name: bindparam(f"new_{name}") for name in _OF_ITEM},
    )
)
_REOPEN_ITEM = (
    update(work_item)
    .where(work_item.c.id == bindparam("of"), work_item.c.version == bindparam("was"))
    .values(
        version=bindparam("was") + 1,
        closed_at=None,
        happened_at=None,
        way_back=None,
        outcome=literal_column("''"),
        **{
            name: bindparam(f"new_{name}")
            for name in ("officer_id", "state", "changed_at", "changed_by", "opened_in", "claimed_at")
        },
    )
)
_ADD_ITEM = insert(work_item)
_ADD_CASE = insert(case).returning(case.c.id)
_open = and_(
    work_item.c.case_id == bindparam("of"),
    or_(*(work_item.c.state == literal_column(f"'{each}'") for each in sorted(OPEN))),
)
_EXIT = (
    update(work_item)
    .where(_open)
    .values(state=WorkItemState.EXITED.value, version=work_item.c.version + 1)
    .values(changed_at=bindparam("now"), changed_by=None, closed_at=bindparam("now"))
)
_EXIT_ONE = _EXIT.where(work_item.c.token == bindparam("token_"))
_OPEN_ITEMS = select(work_item).where(_open).order_by(work_item.c.id)


@dataclass(frozen=True, slots=True)
class Held:
    """A case under its lock, with the earliest instant at which one of its timers is due."""

    case: Case
    next_due: datetime | None


def item_question(item: int) -> Question:
    """What is to be asked to hold the case of a work item."""
    return _ITEM, {"of": item}


class Cases:
    """The cases that one unit of work holds."""

    def __init__(self, connection: Connection, trail: Trail) -> None:
        """Hold nothing yet."""
        self._connection = connection
        self._trail = trail
        self._changed: dict[int, Case] = {}
        self._versions: dict[int, int] = {}
        self._items: dict[int, WorkItem] = {}
        self._new_items: list[WorkItem] = []
        self._ahead: dict[int, Any] = {}
        self._overdue: set[int] = set()
        self.why_suspended: Callable[[int], Mapping[str, str] | None] = lambda _: None
        """Tells who suspended a case, when and why: asked for suspended cases only."""
        self.in_hand: int | None = None
        """The case that was locked first: what goes wrong is noted there."""

    def lock_ahead(self, item: int, rows: Sequence[Any]) -> None:
        """Take the answer to `item_question`, asked before anything else was: `lock_for_item` need not ask again."""
        if rows and rows[0].seen_version == rows[0].version:
            self._ahead[item] = rows[0]

    def lock(self, number: int | str) -> Held:
        """Hold a case by its row or by its number. Raises NotFound."""
        row = self._locked(_BY_ID if isinstance(number, int) else _BY_NUMBER, number)
        if row is None:
            raise NotFound(what=f"case {number}")
        return self._held(row)

    def lock_if_free(self, row: int) -> Held | None:
        """Hold a case by its row, unless somebody else holds it just now, or there is none."""
        found = self._locked(_IF_FREE, row)
        return None if found is None else self._held(found)

    def lock_for_item(self, item: int) -> tuple[Held, WorkItem, str]:
        """Hold the case of a work item; with the item and the name of who changed it last. Raises NotFound."""
        row = self._ahead.pop(item, None) or self._locked(_ITEM, item)
        if row is None:
            raise NotFound(what=f"work item {item}")
        return self._held(row), work_item_of(row, "item_"), row.changer or ""

    def add(self, start: Case) -> Case:
        """Make a new case from one without a row, numbered below its parent or by the year."""
        number = self._number(start)
        row = {name: getattr(start, source) for name, source in _COLUMNS.items()}
        made = self._connection.execute(_ADD_CASE, {**row, "number": number}).scalar_one()
        self._trail.begin(made)
        self._versions[made] = start.version
        return replace(start, id=made, number=number)

    def next_version(self, held: Case) -> int:
        """The version that the case will have once this unit of work has saved it."""
        return self._versions[held.id] + 1

    def save(self, changed: Case) -> None:
        """Write the case at the end, if nobody else has in between."""
        self._changed[changed.id] = changed

    def is_overdue(self, held: Case) -> bool:
        """Whether an incident of a held case says that something in it is late beyond what its ladder bears."""
        return held.id in self._overdue

    def note_overdue(self, held: Case) -> None:
        """Know so from now on. The case gets another version: whoever waits for it reads it anew, with the incident."""
        self._overdue.add(held.id)
        self.save(self._changed.get(held.id, held))

    def save_item(self, changed: WorkItem) -> None:
        """Write the item at the end, if nobody else has in between."""
        if changed.number in self._items:
            self.flush()
        self._items[changed.number] = changed

    def add_item(self, item: WorkItem) -> None:
        """Make the item at the end."""
        self._new_items.append(item)

    def give_to(self, held: Case, office: str, items: Collection[WorkItem], *, at: datetime, by: int | None) -> Case:
        """Let another office run the case and do these open items of it, which nobody there has taken yet."""
        self.flush()
        self._connection.execute(update(case).where(case.c.id == held.id).values(office=office))
        mine = update(work_item).where(work_item.c.id.in_([each.number for each in items]))
        free = {
            "state": WorkItemState.READY,
            "officer_id": None,
            "claimed_at": None,
            "changed_at": at,
            "changed_by": by,
        }
        self._connection.execute(mine.values(**free, office=office, version=work_item.c.version + 1))
        moved = replace(held, office=office)
        self.save(moved)
        return moved

    def give_to_post(self, item: WorkItem, post: str, *, at: datetime) -> None:
        """Let those who hold another post of the office do an open item, which none of them has taken yet."""
        self.flush()
        free = {"state": WorkItemState.READY, "officer_id": None, "claimed_at": None, "changed_at": at}
        mine = update(work_item).where(work_item.c.id == item.number)
        self._connection.execute(mine.values(**free, changed_by=None, post=post, version=work_item.c.version + 1))

    def note_closing(self, held: Case, code: str) -> None:
        """Keep for which reason of the register the case was closed."""
        self._connection.execute(update(case).where(case.c.id == held.id).values(closing=code))

    def note_real_time(self, item: WorkItem, happened_at: datetime) -> None:
        """Keep when an item was really done, beside the moment at which that was entered."""
        self._connection.execute(update(work_item).where(work_item.c.id == item.number).values(happened_at=happened_at))

    def exit_items(self, held: Case, at: datetime, tokens: Collection[str] | None = None) -> None:
        """End the open items of these tokens (of all, where none are named) because nothing needs them any more."""
        self.flush()
        write(
            self._connection,
            [(_EXIT, [{"of": held.id, "now": at}], False)]
            if tokens is None
            else [(_EXIT_ONE, [{"of": held.id, "now": at, "token_": token} for token in sorted(tokens)], False)],
        )

    def reopen_item(self, changed: WorkItem) -> None:
        """Open an item again that was closed, if nobody else has changed it in between. Raises Conflict."""
        self.flush()
        row = {"of": changed.number, "was": changed.version - 1, "new_state": changed.state}
        row |= {"new_officer_id": changed.officer, "new_changed_at": changed.changed_at}
        row |= {
            "new_changed_by": changed.changed_by,
            "new_opened_in": changed.opened_in,
            "new_claimed_at": changed.claimed_at,
        }
        write(self._connection, [(_REOPEN_ITEM, [row], True)])

    def items_with(self, held: Case, tokens: Collection[str]) -> tuple[WorkItem, ...]:
        """The items of these tokens, open or not."""
        self.flush()
        mine = (work_item.c.case_id == held.id) & work_item.c.token.in_(sorted(tokens))
        rows = self._connection.execute(select(work_item).where(mine).order_by(work_item.c.id))
        return tuple(work_item_of(row) for row in rows)

    def forget_ways_back(self, held: Case) -> None:
        """Let go of how the steps of a case could be undone."""
        self.flush()
        known = (work_item.c.case_id == held.id) & work_item.c.way_back.is_not(None)
        self._connection.execute(update(work_item).where(known).values(way_back=None))

    def open_items(self, held: Case) -> tuple[WorkItem, ...]:
        """Every item of the case that waits for somebody."""
        self.flush()
        return tuple(work_item_of(row) for row in self._connection.execute(_OPEN_ITEMS, {"of": held.id}))

    def item(self, number: int) -> WorkItem:
        """Read one item of a case that is already held. Raises NotFound."""
        self.flush()
        row = self._connection.execute(select(work_item).where(work_item.c.id == number)).first()
        if row is None:
            raise NotFound(what=f"work item {number}")
        return work_item_of(row)

    def items_at(self, held: Case, elements: Collection[tuple[str, str]]) -> tuple[WorkItem, ...]:
        """The items of the case, open or not, at these places (process, element) of the drawing."""
        self.flush()
        at = work_item.c.element.in_([element for _, element in elements])
        rows = self._connection.execute(select(work_item).where(work_item.c.case_id == held.id, at))
        return tuple(item for row in rows if ((item := work_item_of(row)).process, item.element) in elements)

    def join(self, held: Case, office: str, at: datetime) -> None:
        """Let an office see the case from now on."""
        row = {"case_id": held.id, "office": office, "since": at}
        self._connection.execute(add_missing(self._connection, participation), row)

    def takes_part(self, held: Case, offices: Collection[str]) -> bool:
        """Whether one of these offices may see the case."""
        found = select(participation.c.case_id).where(
            participation.c.case_id == held.id, participation.c.office.in_(sorted(offices))
        )
        return self._connection.execute(found.limit(1)).first() is not None

    def row_of(self, number: str) -> int:
        """The row of a case, without holding it. Raises NotFound."""
        row = self._connection.execute(select(case.c.id).where(case.c.number == number)).scalar()
        if row is None:
            raise NotFound(what=f"case {number}")
        return int(row)

    def number_of(self, row: int) -> str:
        """The number of a case, without holding it."""
        return str(self._connection.execute(select(case.c.number).where(case.c.id == row)).scalar_one())

    def state_of(self, row: int) -> CaseState:
        """The state of a case, without holding it."""
        return CaseState(self._connection.execute(select(case.c.state).where(case.c.id == row)).scalar_one())

    def open_follower(self, ended: Case) -> str | None:
        """The number of an open case that follows one."""
        open_ones = (case.c.follows_id == ended.id) & case.c.state.in_(_RUNNING)
        return self._connection.execute(select(case.c.number).where(open_ones).limit(1)).scalar()

    def below(self, row: int) -> list[int]:
        """The rows of all running cases below one, none of them held: the deepest first, as several are locked."""
        found = select(case.c.id).where(case.c.parent_id == row, case.c.state.in_(_RUNNING)).order_by(case.c.id.desc())
        subs = self._connection.execute(found).scalars().all()
        return [each for sub in subs for each in (*self.below(sub), sub)]

    def flush(self, writer: Writer | None = None) -> None:
        """Write what has changed, each row only if it is still as it was read. Raises Conflict, at once or when sent."""
        own = writer or Writer(self._connection)
        changes = [_case_change(each, self._versions[each.id]) for each in self._changed.values()]
        self._versions.update({each: self._versions[each] + 1 for each in self._changed})
        own.put(_SAVE, changes, guarded=True)
        own.put(_SAVE_ITEM, [_item_change(each) for each in self._items.values()], guarded=True)
        own.put(_ADD_ITEM, [_item_row(each) for each in self._new_items])
        self._changed.clear()
        self._items.clear()
        self._new_items.clear()
        if writer is None:
            own.send()

    def _locked(self, statement: Select[Any], of: int | str) -> Any:
        """Read under the lock. Where another transaction had to be waited for, what was joined is older than the
        locked row; now that the lock is held, reading once more tells the truth.
        """
        self._trail.flush()
        self.flush()
        (rows,) = ask(self._connection, (statement, {"of": of}))
        if rows and rows[0].seen_version != rows[0].version:
            (rows,) = ask(self._connection, (statement, {"of": of}))
        return rows[0] if rows else None

    def _held(self, row: Any) -> Held:
        self._trail.know(row.id, row.seq, row.hash)
        self._versions[row.id] = row.version
        self.in_hand = self.in_hand or row.id
        if row.overdue:
            self._overdue.add(row.id)
        held = case_of(row)
        if held.state is CaseState.SUSPENDED:
            held = replace(held, held_up=self.why_suspended(held.id))
        return Held(held, row.next_due)

    def _number(self, start: Case) -> str:
        if start.parent is None:
            return f"S-{start.opened_at.year}-{count_up(self._connection, f'case-{start.opened_at.year}'):05}"
        above = self._connection.execute(select(case.c.number).where(case.c.id == start.parent)).scalar_one()
        count = select(func.count()).select_from(case).where(case.c.parent_id == start.parent)
        return f"{above}.{self._connection.execute(count).scalar_one() + 1}"


_RUNNING = (CaseState.RUNNING, CaseState.SUSPENDED)

_COLUMNS = {
    "number": "number",
    "release_id": "release",
    "office": "office",
    "origin_office": "origin_office",
    "destination_office": "destination_office",
    "subject_id": "subject",
    "parent_id": "parent",
    "disposition_id": "disposition",
    "follows_id": "follows",
    "state": "state",
    "stage": "stage",
    "snapshot": "snapshot",
    "version": "version",
    "opened_at": "opened_at",
    "ended_at": "ended_at",
    "ended_how": "ended_how",
}


def case_of(row: Any) -> Case:
    """Read a case from a row that has all of its columns."""
    return Case(
        row.id,
        row.number,
        row.release_id,
        row.office,
        CaseState(row.state),
        row.opened_at,
        row.origin_office,
        row.destination_office,
        row.subject_id,
        row.parent_id,
        row.disposition_id,
        row.stage,
        bytes(row.snapshot),
        row.version,
        row.ended_at,
        row.ended_how,
        row.closing,
        row.follows_id,
        row.pauses,
    )


def work_item_of(row: Any, before: str = "") -> WorkItem:
    """Read a work item from a row that has all of its columns, under names that begin so."""
    cell = row._mapping if isinstance(row, Row) else row._asdict()  # noqa: SLF001 - public names, both
    return WorkItem(
        number=cell[f"{before}id"],
        case=cell[f"{before}case_id"],
        officer=cell[f"{before}officer_id"],
        state=WorkItemState(cell[f"{before}state"]),
        path=tuple(cell[f"{before}path"]),
        happened_at=cell[f"{before}happened_at"],
        way_back=cell[f"{before}way_back"],
        claimed_at=cell[f"{before}claimed_at"],
        **{name: cell[f"{before}{name}"] for name in _SAME},
    )


_SAME = (
    "token",
    "process",
    "element",
    "name",
    "kind",
    "post",
    "office",
    "opened_at",
    "version",
    "changed_at",
    "changed_by",
    "opened_in",
    "due_at",
    "closed_at",
    "outcome",
    "instance",
    "local",
)


def _case_change(changed: Case, was: int) -> dict[str, Any]:
    return {
        "of": changed.id,
        "was": was,
        "new_origin_office": changed.origin_office,
        "new_destination_office": changed.destination_office,
        "new_subject_id": changed.subject,
        "new_state": changed.state,
        "new_stage": changed.stage,
        "new_snapshot": changed.snapshot,
        "new_ended_at": changed.ended_at,
        "new_ended_how": changed.ended_how,
    }


def _item_change(changed: WorkItem) -> dict[str, Any]:
    return {
        "of": changed.number,
        "was": changed.version - 1,
        "new_officer_id": changed.officer,
        "new_state": changed.state,
        "new_changed_at": changed.changed_at,
        "new_changed_by": changed.changed_by,
        "new_closed_at": changed.closed_at,
        "new_outcome": changed.outcome,
        "new_way_back": changed.way_back,
        "new_claimed_at": changed.claimed_at,
    }


def _item_row(item: WorkItem) -> dict[str, Any]:
    row = {name: getattr(item, name) for name in _SAME}
    return {**row, "case_id": item.case, "officer_id": item.officer, "state": item.state, "path": list(item.path)}


__all__ = ["Cases", "Held", "case_of", "work_item_of"]
