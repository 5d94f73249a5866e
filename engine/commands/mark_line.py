"""Note what came of a call to a partner: the breaker of the line opens and closes by that alone."""

from __future__ import annotations

from engine.domain.dispatch import Channel
from engine.domain.placement import PARTNER
from engine.domain.receipt import Receipt
from engine.storage import UnitOfWork
from engine.storage.dispatches import hurry
from engine.storage.partner_lines import hold_line, save_line


def mark_line(work: UnitOfWork, partner: str, *, answered: bool) -> Receipt:
    """Count one answer or one failure. Says `opened` or `closed` where that changed the line, else `same`.

    When the line closes, what was put off because the partner did not answer goes at once.
    """
    before = hold_line(work.connection, partner)
    after = before.answered(work.at) if answered else before.failed(work.at)
    save_line(work.connection, partner, after)
    if before.open and not after.open and partner == PARTNER and hurry(work.connection, Channel.SISKOP2MI, work.at):
        work.dispatches.due(work.at)
    if before.open == after.open:
        return Receipt(state="same")
    return Receipt(state="opened" if after.open else "closed")
