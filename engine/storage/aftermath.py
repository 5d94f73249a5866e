"""What has come of a completed work item since, as far as rows tell. Whether the diagram allows it to be undone is the
interpreter's business.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select, update

from engine.domain.work_item import WorkItem, WorkItemState
from engine.storage.cases import work_item_of
from engine.storage.tables import announcement, case, disposition, fact, handover, office, officer, work_item


@dataclass(frozen=True, slots=True)
class Done:
    """Somebody is at something, or has done it."""

    item: int
    name: str
    who: str
    at: datetime | None


class Aftermath:
    """What followed, read under the lock of the case."""

    def __init__(self, connection: Connection) -> None:
        """Use this transaction."""
        self._connection = connection

    def step_after(self, item: WorkItem) -> Done | None:
        """The first step that came of the item and has been completed."""
        done = (work_item.c.opened_at == item.closed_at) & (work_item.c.state == WorkItemState.COMPLETED)
        return self._first(item, done)

    def taken_by_another(self, item: WorkItem, tokens: Collection[str], by: int) -> Done | None:
        """The first of these open items that somebody else has taken."""
        mine = work_item.c.token.in_(sorted(tokens)) & (work_item.c.state == WorkItemState.RESERVED)
        return self._first(item, mine & (work_item.c.officer_id != by))

    def message_out(self, item: WorkItem, tokens: Collection[str]) -> str | None:
        """The name of a message or request that went out because of the item and cannot be called back."""
        gone = announcement.c.state.in_(["done", "failed"])
        found = select(announcement.c.name).where(self._of_step(item, tokens), gone).order_by(announcement.c.id)
        return self._connection.execute(found.limit(1)).scalar()

    def call_back(self, item: WorkItem, at: datetime) -> None:
        """Withdraw the messages that the item let out and that have not gone yet."""
        waiting = announcement.c.state == "pending"
        called = update(announcement).where(self._of_step(item, ()), waiting)
        self._connection.execute(called.values(state="withdrawn", done_at=at))

    def send_again(self, held: int, tokens: Collection[str], at: datetime) -> None:
        """Announce anew what these waits had asked for when they were closed."""
        again = (announcement.c.case_id == held) & announcement.c.token.in_(sorted(tokens))
        again &= announcement.c.state == "withdrawn"
        self._connection.execute(
            update(announcement).where(again).values(state="pending", next_at=at, tries=0, done_at=None)
        )

    def sub_case_since(self, item: WorkItem) -> str | None:
        """The number of a sub-case that was opened after the item was completed."""
        below = (case.c.parent_id == item.case) & (case.c.opened_at > item.closed_at)
        return self._connection.execute(select(case.c.number).where(below).order_by(case.c.id).limit(1)).scalar()

    def disposition_since(self, item: WorkItem) -> bool:
        """Whether a course was set or closed after the item was completed."""
        since = or_(disposition.c.decided_at > item.closed_at, disposition.c.closed_at > item.closed_at)
        found = select(disposition.c.id).where(disposition.c.case_id == item.case, since)
        return self._connection.execute(found.limit(1)).first() is not None

    def handed_over_since(self, item: WorkItem) -> str | None:
        """The name of the office that took the case over after the item was completed."""
        taken = (handover.c.case_id == item.case) & (handover.c.state == "accepted")
        taken &= handover.c.answered_at > item.closed_at
        found = select(office.c.name).join(handover, handover.c.to_office == office.c.code).where(taken)
        return self._connection.execute(found.order_by(handover.c.id.desc()).limit(1)).scalar()

    def copied_to(self, held: int, names: Collection[str]) -> tuple[str, ...]:
        """The numbers of the open sub-cases that were given one of these facts when they were opened."""
        has = exists().where(fact.c.case_id == case.c.id, fact.c.name.in_(sorted(names)))
        below = (case.c.parent_id == held) & case.c.state.in_(["running", "suspended"])
        return tuple(self._connection.execute(select(case.c.number).where(below, has).order_by(case.c.id)).scalars())

    def closed_when(self, item: WorkItem) -> tuple[WorkItem, ...]:
        """The items that were completed at the very moment at which this one was opened."""
        closed = (work_item.c.closed_at == item.opened_at) & (work_item.c.state == WorkItemState.COMPLETED)
        found = select(work_item).where(work_item.c.case_id == item.case, closed, work_item.c.id != item.number)
        return tuple(work_item_of(row) for row in self._connection.execute(found.order_by(work_item.c.id)))

    def name_of(self, number: int | None) -> tuple[str, str]:
        """The login and name of an officer; empty where nobody was named."""
        row = self._connection.execute(select(officer.c.login, officer.c.name).where(officer.c.id == number)).first()
        return (row.login, row.name) if row else ("", "")

    def _first(self, item: WorkItem, where: ColumnElement[bool]) -> Done | None:
        found = select(work_item.c.id, work_item.c.name, work_item.c.changed_at, officer.c.name.label("who"))
        found = found.join(officer, officer.c.id == work_item.c.officer_id)
        found = found.where(work_item.c.case_id == item.case, work_item.c.id != item.number, where)
        row = self._connection.execute(found.order_by(work_item.c.id).limit(1)).first()
        return Done(row.id, row.name, row.who, row.changed_at) if row else None

    def _of_step(self, item: WorkItem, tokens: Collection[str]) -> ColumnElement[bool]:
        """The announcements of a step: those of the waits that it opened, and what it threw in the same moment."""
        thrown = (announcement.c.token == "") & (announcement.c.created_at == item.closed_at)
        return and_(announcement.c.case_id == item.case, or_(thrown, announcement.c.token.in_(sorted(tokens))))
