"""Say that a work item ended with an error: an error boundary event of the drawing takes the case on from there."""

from __future__ import annotations

from dataclasses import replace

from engine.course import Happening, after_timers
from engine.course.going_back import way_back
from engine.course.progress import read_values, take_over
from engine.course.ticking import end_step
from engine.domain.receipt import Receipt
from engine.errors import NotValid, WrongState
from engine.process import Failed
from engine.rights import expect_holder, expect_officer
from engine.storage import UnitOfWork

LONGEST_CODE = 200


class NobodyCatches(WrongState):
    """Expected an error that the drawing catches at or around work item {item}, but nothing there catches “{code}”."""


def fail_work_item(work: UnitOfWork, item_id: int, *, seen: int, code: str) -> Receipt:
    """End one work item with a BPMN error. Refused like its completion, and for a code that nothing catches.

    BPMN would end the whole case with an error that nothing catches; a code that was misspelt must not do that.
    """
    if not code.strip() or len(code) > LONGEST_CODE:
        raise NotValid(what="the error code", wanted=f"1 to {LONGEST_CODE} characters", found=f"{len(code)}")
    held, item, changer = work.cases.lock_for_item(item_id)
    case = held.case
    officer = expect_officer(work, "end work items with an error")
    who = expect_holder(work, case, item, "fail")
    item.check("fail", by=officer.number, seen=seen, tell={"who": changer, "when": work.clock_face(item.changed_at)})
    case.running("end a work item with an error")
    if held.next_due is not None and held.next_due <= work.at:
        case, item = after_timers(work, case, item)

    release = work.releases.get(case.release)
    interpreter, program = work.programs.for_case(release, case.snapshot)
    event = Failed(item.token, code)
    step = interpreter.advance(program, case.snapshot, event, at=work.at, facts=read_values(work, case))
    if step.ended and step.ended.how == "error" and step.ended.element == item.element:
        raise NobodyCatches(item=item.called, code=code)
    item = item.fail(by=officer.number, at=work.at, code=code)
    work.cases.save_item(replace(item, way_back=way_back(case, step)))
    work.announcements.withdraw(case.id, work.at, [item.token])
    end_step(work, case, item)
    told = {"item": item.number, "token": item.token, "process": item.process, "element": item.element, "code": code}
    happening = Happening("work_item.failed", told, who)
    case = take_over(work, case, release, step, happening, own=item.token)
    return Receipt(case=case.number, state=case.state.value, number=item.number)
