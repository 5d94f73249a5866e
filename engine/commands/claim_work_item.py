"""Take a work item, so that colleagues of the same post see that somebody is at it."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.rights import expect_holder, expect_officer
from engine.storage import UnitOfWork


def claim_work_item(work: UnitOfWork, item_id: int, *, seen: int) -> Receipt:
    """Reserve one work item for the officer. Refused when it is not theirs, taken, closed, or the page is stale."""
    held, item, changer = work.cases.lock_for_item(item_id)
    case = held.case
    officer = expect_officer(work, "claim work items")
    who = expect_holder(work, case, item, "claim")
    item.check("claim", by=officer.number, seen=seen, tell={"who": changer, "when": work.clock_face(item.changed_at)})
    case.running("claim a work item")
    item = item.claim(by=officer.number, at=work.at)
    work.cases.save_item(item)
    work.record("work_item.claimed", case, **who, item=item.number, token=item.token, element=item.element)
    return Receipt(case=case.number, state=item.state.value, number=item.number)
