"""Lay a dead letter aside: it is not sent any more."""

from __future__ import annotations

from engine.domain.dispatch import DispatchState
from engine.domain.receipt import Receipt
from engine.errors import NotFound, WrongState
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.dispatches import lock_dispatch, withdraw

ENDED = frozenset({DispatchState.SENT, DispatchState.WITHDRAWN})


class DispatchOver(WrongState):
    """Expected to {act} delivery {number}, but it is over: it is {state}."""


def withdraw_dispatch(work: UnitOfWork, number: int) -> Receipt:
    """Give a delivery up for good. Refused while somebody has it in hand, and once it is over."""
    who = expect_power(work, "administer", f"lay delivery {number} aside")
    row = lock_dispatch(work.connection, number)
    if row is None:
        raise NotFound(what=f"delivery {number}")
    if row.state in ENDED or (row.state == DispatchState.SENDING and row.next_at > work.at):
        raise DispatchOver(act="lay aside", number=number, state=row.state)
    withdraw(work.connection, number, work.at)
    work.record("dispatch.withdrawn", None, **who, dispatch=number, channel=row.channel, target=row.target)
    return Receipt(state=DispatchState.WITHDRAWN.value, number=number)
