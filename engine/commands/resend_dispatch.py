"""Send again what was given up: a dead letter goes out once more."""

from __future__ import annotations

from engine.domain.dispatch import DispatchState
from engine.domain.receipt import Receipt
from engine.errors import NotFound, WrongState
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.dispatches import lock_dispatch, revive


class NotGivenUp(WrongState):
    """Expected to {act} delivery {number}, but it was not given up: it is {state}."""


def resend_dispatch(work: UnitOfWork, number: int) -> Receipt:
    """Try a delivery anew from the first try on, under the same key. Refused where it was not given up."""
    who = expect_power(work, "administer", f"send delivery {number} again")
    row = lock_dispatch(work.connection, number)
    if row is None:
        raise NotFound(what=f"delivery {number}")
    if row.state != DispatchState.FAILED:
        raise NotGivenUp(act="send again", number=number, state=row.state)
    revive(work.connection, number, work.at)
    work.dispatches.due(work.at)
    work.record("dispatch.resent", None, **who, dispatch=number, channel=row.channel, target=row.target)
    return Receipt(state=DispatchState.PENDING.value, number=number)
