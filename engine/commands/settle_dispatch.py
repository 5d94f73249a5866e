"""Be done with a delivery that was in hand: it has been sent, is put off, or is given up."""

from __future__ import annotations

from datetime import datetime

from engine.domain.dispatch import DispatchState
from engine.domain.receipt import Receipt
from engine.storage import UnitOfWork
from engine.storage.dispatches import put_off, settle

LONGEST_PROBLEM = 120


def settle_dispatch(
    work: UnitOfWork, number: int, *, problem: str = "", until: datetime | None = None, tried: bool = True
) -> Receipt:
    """Without a problem it has been sent. With one it is tried again then, or without a time given up: a dead letter.

    `tried`: whether this counts as one of its tries.
    """
    if problem and until is not None:
        held = put_off(work.connection, number, until, problem[:LONGEST_PROBLEM], tried=tried)
        work.dispatches.due(until)
        return Receipt(state=DispatchState.PENDING.value if held else "settled", number=number)
    state = DispatchState.FAILED if problem else DispatchState.SENT
    held = settle(work.connection, number, state, work.at, problem[:LONGEST_PROBLEM])
    return Receipt(state=state.value if held else "settled", number=number)
