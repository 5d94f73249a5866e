"""Give a work item back to all who hold its post."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.rights import expect_holder, expect_officer
from engine.storage import UnitOfWork


def release_work_item(work: UnitOfWork, item_id: int, *, seen: int) -> Receipt:
    """Put a reserved work item back. Refused when somebody else has it, nobody has it, or the page is stale."""
    held, item, changer = work.cases.lock_for_item(item_id)
    case = held.case
    officer = expect_officer(work, "give back work items")
    who = expect_holder(work, case, item, "give back")
    item.check(
        "give back", by=officer.number, seen=seen, tell={"who": changer, "when": work.clock_face(item.changed_at)}
    )
    case.running("give back a work item")
    item = item.release(by=officer.number, at=work.at)
    work.cases.save_item(item)
    work.record("work_item.released", case, **who, item=item.number, token=item.token, element=item.element)
    return Receipt(case=case.number, state=item.state.value, number=item.number)
