"""Take back a work item that was completed too soon or wrongly: the case stands where it stood, the item is open again."""

from __future__ import annotations

from engine.course import pass_due
from engine.course.going_back import expect_reason, told_back, undo
from engine.domain.receipt import Receipt
from engine.domain.work_item import CompletedByAnother
from engine.rights import expect_holder, expect_officer
from engine.storage import UnitOfWork
from engine.storage.counter_steps import CounterKind

ACT = "take back"


def take_back_work_item(work: UnitOfWork, item_id: int, *, seen: int, reason: str) -> Receipt:
    """Undo one's own completion of a work item while nothing that came of it has been acted on.

    The item is open again and the officer's; the answers given stay as they are until they are given anew. What it had
    opened is exited, what it had cancelled is back, with the times it had. Refused to others than who completed it,
    where the page is stale, and where something has followed: a step done or taken, a message gone out, a sub-case or
    disposition, a timer, another branch at a join.
    """
    text = expect_reason(reason)
    held, item, changer = work.cases.lock_for_item(item_id)
    case = held.case
    officer = expect_officer(work, "take back work items")
    who = expect_holder(work, case, item, ACT)
    item.check_done(ACT, seen=seen, tell={"who": changer, "when": work.clock_face(item.changed_at)})
    if item.changed_by != officer.number:
        raise CompletedByAnother(act=ACT, item=item.called, who=changer)
    case.running("take back a work item")
    if held.next_due is not None and held.next_due <= work.at:
        case = pass_due(work, case)
    case, step = undo(work, case, item, act=ACT, to=officer.number)
    work.counter_steps.add(CounterKind.TAKEN_BACK, case.id, text, by=officer.number, at=work.at, item=item.number)
    work.record("work_item.taken_back", case, **who, **told_back(item, step))
    return Receipt(case=case.number, state=case.state.value, number=item.number)
