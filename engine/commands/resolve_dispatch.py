"""Say of a delivery of which nobody knew whether it had arrived: it has, or it is to be sent again."""

from __future__ import annotations

from engine.domain.dispatch import DispatchState
from engine.domain.receipt import Receipt
from engine.errors import NotFound, WrongState
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.dispatches import arrived_after_all, lock_dispatch, revive


class NotUnknown(WrongState):
    """Expected the outcome of delivery {number} to be unknown, but it is {state}."""


def resolve_dispatch(work: UnitOfWork, number: int, *, arrived: bool) -> Receipt:
    """`arrived`: somebody has asked the receiver, who has it. Otherwise it is sent again under the same key.

    Refused where its outcome is not unknown. Either way what waited behind it goes on.
    """
    who = expect_power(work, "administer", f"resolve delivery {number}")
    row = lock_dispatch(work.connection, number)
    if row is None:
        raise NotFound(what=f"delivery {number}")
    if row.state != DispatchState.UNKNOWN:
        raise NotUnknown(number=number, state=row.state)
    if arrived:
        arrived_after_all(work.connection, number, work.at)
    else:
        revive(work.connection, number, work.at)
    work.dispatches.due(work.at)
    told = {"dispatch": number, "channel": row.channel, "target": row.target, "arrived": arrived}
    work.record("dispatch.resolved", None, **who, **told)
    state = DispatchState.SENT if arrived else DispatchState.PENDING
    return Receipt(state=state.value, number=number)
