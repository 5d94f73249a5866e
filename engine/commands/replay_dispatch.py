"""Call another program again with what it was told before: under the same key, so that it can see that it is the same."""

from __future__ import annotations

from engine.domain.dispatch import OPEN, Channel, DispatchState
from engine.domain.receipt import Receipt
from engine.errors import NotFound, WrongState
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.dispatches import lock_dispatch, revive_all
from engine.storage.webhooks import get_webhook


class CallUnderWay(WrongState):
    """Expected to replay call {number}, but it is still on its way: it is {state}."""


def replay_dispatch(work: UnitOfWork, number: int) -> Receipt:
    """Send one call again, whatever became of it. Refused while it is on its way, and once its program is told nothing."""
    who = expect_power(work, "administer", f"replay call {number}")
    row = lock_dispatch(work.connection, number)
    if row is None or row.channel != Channel.WEBHOOK:
        raise NotFound(what=f"call {number}")
    if row.state in OPEN:
        raise CallUnderWay(number=number, state=row.state)
    found = get_webhook(work.connection, work.keys, row.webhook_id)
    if found is None or found.ended_at is not None:
        raise WrongState(act="replay a call", what="the webhook", state="ended")
    revive_all(work.connection, [number], work.at)
    work.dispatches.due(work.at)
    work.record("dispatch.replayed", None, **who, dispatch=number, target=row.target)
    return Receipt(state=DispatchState.PENDING.value, number=number)
