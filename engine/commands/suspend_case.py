"""Let a case rest, and its sub-cases with it: nothing is done in it, and nothing of it is lost."""

from __future__ import annotations

from engine.course.going_back import expect_reason
from engine.course.ticking import stand_still, told_moves
from engine.domain.case import CaseState
from engine.domain.receipt import Receipt
from engine.rights import expect_officer, expect_own_office
from engine.storage import UnitOfWork
from engine.storage.counter_steps import CounterKind
from engine.storage.database import Conflict


def suspend_case(work: UnitOfWork, number: str, *, reason: str) -> Receipt:
    """Suspend a running case and every running case below it. Refused without a reason, and to other offices.

    Until it is resumed every act on it is refused, its timers do not fire, messages to it are kept, and its clocks stand still.
    """
    text = expect_reason(reason)
    row = work.cases.row_of(number)
    below = work.cases.below(row)
    held = [work.cases.lock(each).case for each in below]
    case = work.cases.lock(row).case
    who = expect_own_office(work, case, "suspend the case")
    officer = expect_officer(work, "suspend a case")
    case.running("suspend it")
    if set(work.cases.below(row)) - set(below):
        raise Conflict("a sub-case was opened meanwhile")
    step = work.counter_steps.add(CounterKind.SUSPENDED, case.id, text, by=officer.number, at=work.at)
    resting = [each for each in (*held, case) if each.state is CaseState.RUNNING]
    work.counter_steps.suspend([each.id for each in resting], with_case=case.id, step=step)
    for each in resting:
        work.cases.save(each.suspend())
        told = {} if each.id == case.id else {"above": case.number}
        work.record("case.suspended", each, **who, **told, **told_moves(stand_still(work, each, officer.number)))
    return Receipt(case=case.number, state=CaseState.SUSPENDED.value, number=step)
