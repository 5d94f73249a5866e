"""Send work back to the step that led to it, with the reason why it cannot be done as it came."""

from __future__ import annotations

from engine.course import after_timers
from engine.course.going_back import expect_reason, still_holds, told_back, undo
from engine.course.telling import tell_item
from engine.domain.notice import NoticeKind
from engine.domain.receipt import Receipt
from engine.domain.work_item import WorkItemState
from engine.errors import NotFound, WrongState
from engine.rights import expect_holder, expect_officer
from engine.storage import UnitOfWork
from engine.storage.counter_steps import CounterKind

ACT = "return"


class NotFromThere(WrongState):
    """Expected work item {item} to have come of work item {to}, but it did not, or no longer stands as it came."""


def return_work_item(work: UnitOfWork, item_id: int, *, seen: int, reason: str, to: int) -> Receipt:
    """Undo the completed work item `to`, from which this open one came; its officer has it again, and sees why.

    Where that officer no longer holds the post, it waits for all who do. Refused like completing the item, where it did
    not come of `to`, and where something else that came of `to` has been acted on.
    """
    text = expect_reason(reason)
    held, item, changer = work.cases.lock_for_item(item_id)
    case = held.case
    officer = expect_officer(work, "return work items")
    who = expect_holder(work, case, item, ACT)
    item.check(ACT, by=officer.number, seen=seen, tell={"who": changer, "when": work.clock_face(item.changed_at)})
    case.running("return a work item")
    if held.next_due is not None and held.next_due <= work.at:
        case, item = after_timers(work, case, item)
    earlier = work.cases.item(to)
    if earlier.case != case.id:
        raise NotFound(what=f"work item {to}")
    if earlier.state is not WorkItemState.COMPLETED or earlier.closed_at != item.opened_at:
        raise NotFromThere(item=item.called, to=earlier.called)
    receiver = still_holds(work, earlier)
    case, step = undo(work, case, earlier, act=ACT, to=receiver)
    if item.token not in {each.token for each in step.closed}:
        raise NotFromThere(item=item.called, to=earlier.called)
    of = {"item": earlier.number, "from_item": item.number}
    work.counter_steps.add(CounterKind.RETURNED, case.id, text, by=officer.number, at=work.at, **of)
    work.record("work_item.returned", case, **who, **told_back(earlier, step), from_item=item.number)
    tell_item(work, case, NoticeKind.ITEM_RETURNED, earlier, receiver)
    return Receipt(case=case.number, state=case.state.value, number=earlier.number)
