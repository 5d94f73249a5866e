"""Ask for a check of every chain: the worker reads them all, beside everything else."""

from __future__ import annotations

from engine.domain.audit import HOUSE
from engine.domain.receipt import Receipt
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.trail_check import ASKED, mark, marks


def start_trail_check(work: UnitOfWork) -> Receipt:
    """Let the next check begin; one that is under way already is enough. Refused to those who may not read the audit."""
    who = expect_power(work, "audit", "check the audit trail")
    work.trail.hold(HOUSE)
    asked, done = marks(work.connection)
    if asked > done:
        return Receipt(state="running")
    work.record("trail_check.started", None, **who)
    mark(work.connection, ASKED, work.trail.last_of(HOUSE))
    return Receipt(state="started")
