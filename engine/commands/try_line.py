"""Ask to try whether a partner is back: one may, the others wait for what comes of it."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.storage import UnitOfWork
from engine.storage.partner_lines import hold_line, save_line


def try_line(work: UnitOfWork, partner: str) -> Receipt:
    """Say how the line is: `closed`, `open`, or `try`, and then nobody else may try for a while."""
    line = hold_line(work.connection, partner)
    if not line.open:
        return Receipt(state="closed")
    if not line.may_try(work.at):
        return Receipt(state="open")
    save_line(work.connection, partner, line.trying(work.at))
    return Receipt(state="try")
