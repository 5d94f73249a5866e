"""Ask that this house and the placement system are compared over the line, without waiting for the day's own run."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.organisation import EXCHANGE
from engine.storage.reconciling import ask_for_run


def ask_comparison(work: UnitOfWork) -> Receipt:
    """Store the wish; whoever hears the placement system compares when it is asked next, within half a minute.

    Refused to who may not exchange.
    """
    who = expect_power(work, EXCHANGE, "ask for a comparison with the placement system")
    ask_for_run(work.connection, work.at, work.officer.number if work.officer else None)
    work.record("comparison.asked", None, **who)
    work.waits.wake()
    return Receipt(state="asked")
