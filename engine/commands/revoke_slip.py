"""Let a slip lead nowhere any more: it was lost, or the person no longer wants it."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.errors import NotFound
from engine.rights import expect_member, expect_officer
from engine.storage import UnitOfWork


def revoke_slip(work: UnitOfWork, number: str) -> Receipt:
    """Revoke the slip of a case. Refused to offices that take no part, and where there is none."""
    officer = expect_officer(work, "revoke a slip")
    case = work.cases.lock(number).case
    who = expect_member(work, case, "revoke a slip")
    found = work.slips.of(case.id)
    if found is None:
        raise NotFound(what="a slip")
    work.slips.revoke(found.number, at=work.at, by=officer.number)
    work.record("slip.revoked", case, **who, slip=found.number)
    return Receipt(case=case.number, state="revoked", number=found.number)
