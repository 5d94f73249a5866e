"""What cases wait for besides people: timers and messages. Only open waits have rows; what is over is in the audit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, insert, or_, select, update
from sqlalchemy import case as sql_case

from engine.domain.placement import MESSAGES
from engine.domain.release import Allowance, Clock
from engine.storage.hot_path import ask, write
from engine.storage.tables import case, fact, participation, subscription, timer
from engine.storage.writer import Writer

_ADD_TIMER = insert(timer)
_ADD_SUBSCRIPTION = insert(subscription)
_DUE_OF_CASE = (
    select(timer.c.token, timer.c.element, timer.c.due_at)
    .where(timer.c.case_id == bindparam("of"), timer.c.due_at <= bindparam("now"))
    .order_by(timer.c.due_at, timer.c.id)
    .limit(1)
)
_CLOSE_ALL = [delete(each).where(each.c.case_id == bindparam("of")) for each in (timer, subscription)]
_CLOSE = [
    delete(each).where(each.c.case_id == bindparam("of"), each.c.token == bindparam("token_"))
    for each in (timer, subscription)
]

MOST_TRIES = 3
_FROM_PARTNERS = frozenset(MESSAGES.values())
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
BETWEEN_TRIES = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class DueTimer:
    """A timer whose instant has come: of a case, or the start timer of a release."""

    number: int
    case: int | None
    release: int | None
    element: str
    due_at: datetime
    fired: int = 0


@dataclass(frozen=True, slots=True)
class Counting:
    """How the instant of a timer came about that a calendar counts."""

    since: datetime
    allowance: Allowance
    office: str
    edition: int
    """Of the calendars; a later one may move the timer."""
    service: str = ""


@dataclass(frozen=True, slots=True)
class CountedTimer:
    """A timer that a calendar counted, and how."""

    number: int
    case: int | None
    release: int | None
    element: str
    due_at: datetime
    counted: Counting


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that waits for a message, and the token that does."""

    case: int
    token: str


class Waits:
    """The open timers and message waits."""

    def __init__(self, connection: Connection) -> None:
        """Collect what is to be written."""
        self._connection = connection
        self._timers: list[dict[str, Any]] = []
        self._subscriptions: list[dict[str, Any]] = []
        self.earliest: datetime | None = None
        """The earliest instant that has been stored: a worker may be asleep until after it."""

    def add_timer(
        self,
        held: int,
        token: str,
        element: str,
        due: datetime,
        *,
        interrupting: bool,
        counted: Counting | None = None,
    ) -> None:
        """Store a timer of a case."""
        row = {"case_id": held, "release_id": None, "token": token, "element": element, "due_at": due, "fired": 0}
        self._timers.append({**row, "interrupting": interrupting, **_counted(counted)})
        self._tell(due)

    def add_start_timer(
        self, of: int, element: str, due: datetime, fired: int = 0, *, counted: Counting | None = None
    ) -> None:
        """Store the next instant at which a release starts a case by itself."""
        row = {"case_id": None, "release_id": of, "token": element, "element": element, "due_at": due, "fired": fired}
        self._timers.append({**row, "interrupting": True, **_counted(counted)})
        self._tell(due)

    def add_subscription(self, held: int, token: str, message: str) -> None:
        """Let a case wait for a message."""
        self._subscriptions.append({"case_id": held, "token": token, "message": message})
        if message in _FROM_PARTNERS:
            self.wake()  # news that came early may be waiting for this

    def close(self, held: int, tokens: Collection[str] | None = None) -> None:
        """End the waits of these tokens, or all of the case."""
        self.flush()
        rows: list[dict[str, Any]] = [{"of": held, "token_": token} for token in sorted(tokens or ())]
        gone = _CLOSE_ALL if tokens is None else _CLOSE
        write(self._connection, [(each, rows if tokens is not None else [{"of": held}], False) for each in gone])

    def close_timer(self, held: int, token: str) -> None:
        """End one timer of a case."""
        self.flush()
        self._connection.execute(delete(timer).where(timer.c.case_id == held, timer.c.token == token))

    def close_subscription(self, held: int, token: str) -> None:
        """End one wait for a message."""
        self.flush()
        self._connection.execute(
            delete(subscription).where(subscription.c.case_id == held, subscription.c.token == token)
        )

    def close_starts(self, releases: Sequence[int]) -> None:
        """Let these releases start nothing by themselves any more."""
        self._connection.execute(delete(timer).where(timer.c.release_id.in_(releases)))

    def due_of(self, held: int, now: datetime) -> tuple[str, str, datetime] | None:
        """The token, element and instant of the case's timer that has been due the longest."""
        self.flush()
        (rows,) = ask(self._connection, (_DUE_OF_CASE, {"of": held, "now": now}))
        return (rows[0].token, rows[0].element, rows[0].due_at) if rows else None

    def waiting(self, held: int, message: str) -> str | None:
        """The token with which the case waits for this message, the oldest where there are several."""
        self.flush()
        found = select(subscription.c.token).where(subscription.c.case_id == held, subscription.c.message == message)
        return self._connection.execute(found.order_by(subscription.c.id).limit(1)).scalar()

    def waiting_with(
        self, message: str, keys: Mapping[str, Any], offices: Collection[str] | None = None
    ) -> tuple[Waiting, ...]:
        """The cases that wait for this message and have all of these facts, as JSON, in which one of the offices takes part."""
        self.flush()
        found = select(subscription.c.case_id, subscription.c.token).where(subscription.c.message == message)
        for name, value in sorted(keys.items()):
            same = (fact.c.case_id == subscription.c.case_id) & (fact.c.name == name) & (fact.c.value == value)
            found = found.where(exists().where(same))
        if offices is not None:
            seen = (participation.c.case_id == subscription.c.case_id) & participation.c.office.in_(sorted(offices))
            found = found.where(exists().where(seen))
        return tuple(Waiting(*row) for row in self._connection.execute(found.order_by(subscription.c.id).limit(2)))

    def waiting_in_family(self, held: int, message: str) -> tuple[int, ...]:
        """The cases that wait for this message among a case, its parent, its siblings and those below it.

        Nearest first: the one above, those below, those beside, the case itself.
        """
        self.flush()
        above = select(case.c.parent_id).where(case.c.id == held).scalar_subquery()
        family = or_(case.c.id == held, case.c.id == above, case.c.parent_id == held, case.c.parent_id == above)
        near = sql_case((case.c.id == above, 0), (case.c.parent_id == held, 1), (case.c.id == held, 3), else_=2)
        found = select(case.c.id).join(subscription, subscription.c.case_id == case.c.id)
        found = found.where(family, subscription.c.message == message).order_by(near, case.c.id)
        return tuple(self._connection.execute(found).scalars())

    def older_timers(self, held: int, edition: int) -> tuple[CountedTimer, ...]:
        """The timers of a case that an edition of the calendars before this one counted."""
        self.flush()
        mine = (timer.c.case_id == held) & (timer.c.edition < edition)
        return tuple(
            counted_timer(row) for row in self._connection.execute(select(timer).where(mine).order_by(timer.c.id))
        )

    def take_older_start(self, number: int, edition: int) -> tuple[CountedTimer, ...]:
        """The same of one start timer, which is held; nothing where it has fired or been counted anew by now."""
        mine = (timer.c.id == number) & timer.c.release_id.is_not(None) & (timer.c.edition < edition)
        rows = self._connection.execute(select(timer).where(mine).with_for_update())
        return tuple(counted_timer(row) for row in rows)

    def move_timer(self, number: int, due: datetime, counted: Counting) -> None:
        """Let a timer be due at another instant, by the edition that says so."""
        values = {"due_at": due, "edition": counted.edition}
        self._connection.execute(update(timer).where(timer.c.id == number).values(**values))
        self._tell(due)

    def wake(self) -> None:
        """Let a worker look at once: something that it passed over may be due now."""
        self._tell(_LONG_AGO)

    def flush(self, writer: Writer | None = None) -> None:
        """Write what has been collected."""
        own = writer or Writer(self._connection)
        for statement, rows in ((_ADD_TIMER, self._timers), (_ADD_SUBSCRIPTION, self._subscriptions)):
            own.put(statement, rows)
            rows.clear()
        if writer is None:
            own.send()

    def _tell(self, due: datetime) -> None:
        self.earliest = due if self.earliest is None else min(due, self.earliest)


def counted_timer(row: Any) -> CountedTimer:
    """Read a timer that a calendar counted from a row that has all of its columns."""
    allowance = Allowance(row.amount, Clock(row.clock))
    how = Counting(row.since_at, allowance, row.office, row.edition, row.service or "")
    return CountedTimer(row.id, row.case_id, row.release_id, row.element, row.due_at, how)


def _counted(how: Counting | None) -> dict[str, Any]:
    return {
        "since_at": how.since if how else None,
        "amount": how.allowance.amount if how else None,
        "clock": how.allowance.clock.value if how else None,
        "office": how.office if how else None,
        "service": how.service if how else None,
        "edition": how.edition if how else None,
    }


def take_start_timer(connection: Connection, number: int, now: datetime) -> DueTimer | None:
    """Take a due start timer off its row, under a lock; None where another worker has done so already."""
    row = connection.execute(select(timer).where(timer.c.id == number).with_for_update()).first()
    if row is None or row.release_id is None or row.due_at > now:
        return None
    connection.execute(delete(timer).where(timer.c.id == number))
    return DueTimer(row.id, None, row.release_id, row.element, row.due_at, row.fired)


__all__ = ["CountedTimer", "Counting", "DueTimer", "Waiting", "Waits", "counted_timer", "take_start_timer"]
