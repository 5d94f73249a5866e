"""What is to go out: rows written in the transaction that caused them, carried out later by `engine.delivery`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, func, insert, literal_column, or_, select, update

from engine.domain.case import CaseState
from engine.storage.hot_path import write
from engine.storage.tables import announcement, case
from engine.storage.writer import Writer

_ADD = insert(announcement)
_undone = or_(announcement.c.state == literal_column("'pending'"), announcement.c.state == literal_column("'failed'"))
_withdraw = (
    update(announcement)
    .where(announcement.c.case_id == bindparam("of"), _undone)
    .values(state=literal_column("'withdrawn'"), done_at=bindparam("now"))
)
_WITHDRAW_ALL = _withdraw.where(announcement.c.token != literal_column("''"))
_WITHDRAW = _withdraw.where(announcement.c.token == bindparam("token_"))


@dataclass(frozen=True, slots=True)
class Announcement:
    """One thing to be told or done outside the transaction."""

    number: int
    case: int
    kind: str
    """`message`, `service` or `send`; `kept` for a message to the case itself, which was suspended when it came."""
    name: str
    token: str
    """Of the wait that ends when it has been done; empty where nothing waits."""
    element: str
    payload: Mapping[str, Any]
    tries: int


class Announcements:
    """What one unit of work announces."""

    def __init__(self, connection: Connection) -> None:
        """Collect what is to be written."""
        self._connection = connection
        self._new: list[dict[str, Any]] = []
        self.any = False
        self.cases: set[int] = set()
        """The cases for which something is to go out."""

    def add(
        self,
        held: int,
        kind: str,
        name: str,
        *,
        at: datetime,
        token: str = "",
        element: str = "",
        payload: Mapping[str, Any] | None = None,
    ) -> None:
        """Announce something for a case."""
        self.any = True
        self.cases.add(held)
        self._new.append(
            {
                "case_id": held,
                "kind": kind,
                "name": name,
                "token": token,
                "element": element,
                "payload": dict(payload or {}),
                "state": "pending",
                "tries": 0,
                "created_at": at,
                "next_at": at,
                "done_at": None,
            }
        )

    def withdraw(self, held: int, at: datetime, tokens: Collection[str] | None = None) -> None:
        """Take back what these waits (or all of the case) asked for and nobody has done yet."""
        self.flush()
        row = {"of": held, "now": at}
        rows = [row] if tokens is None else [{**row, "token_": token} for token in sorted(tokens)]
        write(self._connection, [(_WITHDRAW_ALL if tokens is None else _WITHDRAW, rows, False)])

    def kept(self, held: int, message: str) -> bool:
        """Whether a message lies with a suspended case already, which takes one and then may wait for no other."""
        self.flush()
        mine = (announcement.c.case_id == held) & (announcement.c.kind == "kept") & (announcement.c.name == message)
        return self._connection.execute(select(announcement.c.id).where(mine, _undone).limit(1)).first() is not None

    def flush(self, writer: Writer | None = None) -> None:
        """Write what has been collected."""
        own = writer or Writer(self._connection)
        own.put(_ADD, self._new, in_order=True)
        self._new = []
        if writer is None:
            own.send()


def pending(
    connection: Connection, now: datetime, limit: int = 100, *, of: int | None = None
) -> tuple[Announcement, ...]:
    """What is to be done now, of one case or of all, the oldest first; nothing of a suspended case."""
    due = (announcement.c.state == "pending") & (announcement.c.next_at <= now)
    due &= ~exists().where(case.c.id == announcement.c.case_id, case.c.state == CaseState.SUSPENDED)
    if of is not None:
        due &= announcement.c.case_id == of
    rows = connection.execute(
        select(announcement).where(due).order_by(announcement.c.next_at, announcement.c.id).limit(limit)
    )
    return tuple(_read(row) for row in rows)


def take(connection: Connection, number: int) -> Announcement | None:
    """Hold one under a lock; None where it is no longer to be done."""
    row = connection.execute(select(announcement).where(announcement.c.id == number).with_for_update()).first()
    return _read(row) if row is not None and row.state == "pending" else None


def next_pending(connection: Connection, after: datetime, *, of: int | None = None) -> datetime | None:
    """When the next one after this instant is to be tried, of one case or of all."""
    open_ones = (announcement.c.state == "pending") & (announcement.c.next_at > after)
    if of is not None:
        open_ones &= announcement.c.case_id == of
    return connection.execute(select(func.min(announcement.c.next_at)).where(open_ones)).scalar()


def settle(connection: Connection, number: int, state: str, at: datetime) -> None:
    """Mark one as done, or as failed for good."""
    statement = update(announcement).where(announcement.c.id == number)
    connection.execute(statement.values(state=state, done_at=at, tries=announcement.c.tries + 1))


def postpone(connection: Connection, number: int, until: datetime) -> None:
    """Try one again later."""
    statement = update(announcement).where(announcement.c.id == number, announcement.c.state == "pending")
    connection.execute(statement.values(next_at=until, tries=announcement.c.tries + 1))


def revive(connection: Connection, case: int, at: datetime) -> None:
    """Try again what had failed for good in a case."""
    statement = update(announcement).where(announcement.c.case_id == case, announcement.c.state == "failed")
    connection.execute(statement.values(state="pending", next_at=at, tries=0, done_at=None))


def _read(row: Any) -> Announcement:
    return Announcement(row.id, row.case_id, row.kind, row.name, row.token, row.element, row.payload, row.tries)
