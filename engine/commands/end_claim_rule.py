"""Take a line out of the table of claims."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.errors import NotFound
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.sign_on import end_claim_rule as take_out


def end_claim_rule(work: UnitOfWork, number: int) -> Receipt:
    """End a line: who holds a post by it alone loses it at the next sign-in. Refused without the power, and where it is over."""
    who = expect_power(work, "administer", "change the table of claims")
    if not take_out(work.connection, number, work.at):
        raise NotFound(what=f"line {number} of the table of claims")
    work.record("claim_rule.ended", None, **who, rule=number)
    return Receipt(state="ended", number=number)
