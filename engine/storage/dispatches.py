"""What leaves the house, as rows: written in the transaction that caused it, taken in hand by one sender at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, delete, exists, func, insert, literal_column, select, update

from engine.domain.dispatch import Channel, DispatchState
from engine.domain.placement import ReportKind
from engine.storage.tables import dispatch, notice
from engine.storage.writer import Writer

KEPT: Final = timedelta(days=90)
"""How long is kept that something was sent."""
_ADD: Final = insert(dispatch)
_OPEN = dispatch.c.state.in_([literal_column("'pending'"), literal_column("'sending'")])
"""Written out and not bound, so that both databases see that the partial indexes apply."""


class Dispatches:
    """What one unit of work sends."""

    def __init__(self, connection: Connection) -> None:
        """Collect what is to be written."""
        self._connection = connection
        self._new: list[dict[str, Any]] = []
        self.earliest: datetime | None = None
        """When the first of what is stored here is to be sent."""

    def mail(self, to: int, held: int | None, *, at: datetime) -> int:
        """Send a mail to an officer about one case, or none. Returns its row, for the notices that it tells."""
        return self._mail(to, held, at=at, due=at, digest=False)

    def digest(self, to: int, *, at: datetime, due: datetime) -> int:
        """The digest of an officer that is still to be sent: one that waits already, or a new one for then."""
        mine = (dispatch.c.target == target_of(Channel.MAIL, to)) & dispatch.c.digest.is_(True)
        waiting = mine & (dispatch.c.state == literal_column("'pending'")) & (dispatch.c.tries == 0)
        found = select(dispatch.c.id).where(waiting, dispatch.c.next_at > at).order_by(dispatch.c.id)
        number = self._connection.execute(found.limit(1).with_for_update()).scalar()
        return self._mail(to, None, at=at, due=due, digest=True) if number is None else int(number)

    def call(self, webhook: int, held: int | None, event: str, payload: Mapping[str, Any], *, at: datetime) -> None:
        """Tell another program of an event of a case, or of none."""
        row = _row(Channel.WEBHOOK, webhook, held, at=at, due=at)
        self._new.append(row | {"webhook_id": webhook, "event": event, "payload": dict(payload)})
        self.due(at)

    def report(self, held: int, kind: ReportKind, *, at: datetime, by: int | None = None) -> None:
        """Tell the placement system something of a case; `by`: the case of its family in which it is said, where that is another."""
        said = {"by": by} if by not in (None, held) else {}
        self._new.append(_row(Channel.SISKOP2MI, None, held, at=at, due=at) | {"event": kind.value, "payload": said})
        self.due(at)

    def flush(self, writer: Writer) -> None:
        """Write what has been collected."""
        writer.put(_ADD, self._new, in_order=True)
        self._new = []

    def _mail(self, to: int, held: int | None, *, at: datetime, due: datetime, digest: bool) -> int:
        row = _row(Channel.MAIL, to, held, at=at, due=due) | {"officer_id": to, "digest": digest}
        self.due(due)
        return int(self._connection.execute(_ADD.returning(dispatch.c.id), row).scalar_one())

    def due(self, due: datetime) -> None:
        """Know that something is to be sent then."""
        self.earliest = due if self.earliest is None else min(self.earliest, due)


def target_of(channel: Channel, number: int | None) -> str:
    """How a receiver is named."""
    if number is None:
        return channel.value
    return f"{'officer' if channel is Channel.MAIL else 'webhook'} {number}"


def due_dispatches(
    connection: Connection, channel: Channel, now: datetime, without: Collection[str] = (), limit: int = 50
) -> tuple[tuple[int, str], ...]:
    """Row and receiver of what is to be sent now, the oldest first; of one case to one receiver only the first.

    Of what goes to the placement system, what was given up or rests unknown holds up what came after it in its case.
    """
    earlier = dispatch.alias("earlier")
    waiting = earlier.c.state.in_([literal_column("'pending'"), literal_column("'sending'")])
    before = (earlier.c.target == dispatch.c.target) & (earlier.c.case_id == dispatch.c.case_id)
    due = (dispatch.c.channel == channel) & _OPEN & (dispatch.c.next_at <= now)
    found = select(dispatch.c.id, dispatch.c.target).where(due)
    found = found.where(~exists().where(before, waiting, earlier.c.id < dispatch.c.id))
    if channel is Channel.SISKOP2MI:
        stuck = earlier.c.state.in_([literal_column("'failed'"), literal_column("'unknown'")])
        found = found.where(~exists().where(before, stuck, earlier.c.id < dispatch.c.id))
    if without:
        found = found.where(dispatch.c.target.not_in(sorted(without)))
    rows = connection.execute(found.order_by(dispatch.c.next_at, dispatch.c.id).limit(limit))
    return tuple((row.id, row.target) for row in rows)


def next_dispatch(connection: Connection, channel: Channel, after: datetime) -> datetime | None:
    """When the next one after this instant is to be sent."""
    later = (dispatch.c.channel == channel) & _OPEN & (dispatch.c.next_at > after)
    return connection.execute(select(func.min(dispatch.c.next_at)).where(later)).scalar()


def take(connection: Connection, number: int, *, until: datetime, at: datetime) -> Any | None:
    """Have one in hand until then, so that nobody else sends it. None where somebody has it, or it is over."""
    mine = (dispatch.c.id == number) & _OPEN & (dispatch.c.next_at <= at)
    taken = update(dispatch).where(mine).values(state=DispatchState.SENDING, next_at=until)
    return connection.execute(taken.returning(dispatch)).first()


def doubt(connection: Connection, number: int, why: str) -> None:
    """Note of one in hand that it may have been sent, until it is known what came of it: whoever takes it next asks first."""
    connection.execute(update(dispatch).where(dispatch.c.id == number).values(problem=why))


def hurry(connection: Connection, channel: Channel, at: datetime) -> int:
    """Let what was put off go at once: the receiver is back. Returns how many there are."""
    later = (
        (dispatch.c.channel == channel) & (dispatch.c.state == literal_column("'pending'")) & (dispatch.c.next_at > at)
    )
    return connection.execute(update(dispatch).where(later).values(next_at=at)).rowcount


def settle(connection: Connection, number: int, state: DispatchState, at: datetime, problem: str = "") -> bool:
    """Be done with one that was in hand, whichever way. Returns whether it was."""
    mine = (dispatch.c.id == number) & (dispatch.c.state == DispatchState.SENDING)
    over = {"state": state, "done_at": at, "problem": problem, "tries": dispatch.c.tries + 1}
    return connection.execute(update(dispatch).where(mine).values(**over)).rowcount == 1


def put_off(connection: Connection, number: int, until: datetime, problem: str, *, tried: bool) -> bool:
    """Put back one that was in hand, to be sent later. Returns whether it was."""
    mine = (dispatch.c.id == number) & (dispatch.c.state == DispatchState.SENDING)
    later: dict[str, Any] = {"state": DispatchState.PENDING, "next_at": until, "problem": problem}
    later |= {"tries": dispatch.c.tries + 1} if tried else {}
    return connection.execute(update(dispatch).where(mine).values(**later)).rowcount == 1


def case_of(connection: Connection, number: int) -> int:
    """The row of the case that one is about."""
    return int(connection.execute(select(dispatch.c.case_id).where(dispatch.c.id == number)).scalar_one())


def lock_dispatch(connection: Connection, number: int) -> Any | None:
    """Hold one under a lock."""
    return connection.execute(select(dispatch).where(dispatch.c.id == number).with_for_update()).first()


def revive(connection: Connection, number: int, at: datetime) -> None:
    """Send again what was given up: with the same key, so that whoever got it all the same sees that it is the same."""
    again = {"state": DispatchState.PENDING, "next_at": at, "tries": 0, "done_at": None}
    connection.execute(update(dispatch).where(dispatch.c.id == number).values(**again))


def arrived_after_all(connection: Connection, number: int, at: datetime) -> None:
    """Be done with one of which nobody knew whether it had arrived: it has."""
    connection.execute(update(dispatch).where(dispatch.c.id == number).values(state=DispatchState.SENT, done_at=at))


def calls_between(connection: Connection, webhook: int, since: datetime, until: datetime, most: int) -> Sequence[int]:
    """The calls to a program that were caused in this span and are over, the oldest first; one more than so many at most."""
    over = dispatch.c.state.in_([DispatchState.SENT, DispatchState.FAILED])
    span = (dispatch.c.created_at >= since) & (dispatch.c.created_at < until)
    found = select(dispatch.c.id).where(dispatch.c.webhook_id == webhook, over, span)
    return connection.execute(found.order_by(dispatch.c.id).limit(most + 1)).scalars().all()


def revive_all(connection: Connection, numbers: Sequence[int], at: datetime) -> None:
    """Send all of these again, each under its own key and in the order of the rows."""
    again = {"state": DispatchState.PENDING, "next_at": at, "tries": 0, "done_at": None, "problem": ""}
    connection.execute(update(dispatch).where(dispatch.c.id.in_(numbers)).values(**again))


def withdraw(connection: Connection, number: int, at: datetime) -> None:
    """Send it no more."""
    over = {"state": DispatchState.WITHDRAWN, "done_at": at}
    connection.execute(update(dispatch).where(dispatch.c.id == number).values(**over))


def forget_dispatches(connection: Connection, now: datetime) -> int:
    """Let go of what was sent long ago. Returns how many."""
    old = (dispatch.c.done_at < now - KEPT) & dispatch.c.state.in_([DispatchState.SENT, DispatchState.WITHDRAWN])
    gone = select(dispatch.c.id).where(old)
    connection.execute(update(notice).where(notice.c.dispatch_id.in_(gone)).values(dispatch_id=None))
    return connection.execute(delete(dispatch).where(old)).rowcount


def _row(channel: Channel, to: int | None, held: int | None, *, at: datetime, due: datetime) -> dict[str, Any]:
    row: dict[str, Any] = {"key": uuid4().hex, "channel": channel, "target": target_of(channel, to), "case_id": held}
    row |= {"officer_id": None, "webhook_id": None, "digest": False, "event": "", "payload": {}}
    row |= {"state": DispatchState.PENDING, "tries": 0, "problem": "", "created_at": at}
    return row | {"next_at": due.astimezone(UTC), "done_at": None}
