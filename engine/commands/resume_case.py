"""Let a suspended case go on, and the sub-cases that were suspended with it."""

from __future__ import annotations

from engine.course.going_back import expect_reason
from engine.course.ticking import run_again, told_moves
from engine.domain.case import CaseState
from engine.domain.receipt import Receipt
from engine.errors import WrongState
from engine.rights import expect_officer, expect_own_office
from engine.storage import UnitOfWork
from engine.storage.counter_steps import CounterKind


class SuspendedAbove(WrongState):
    """Expected to resume case {case}, but it was suspended with case {above} and goes on with it only."""


def resume_case(work: UnitOfWork, number: str, *, reason: str) -> Receipt:
    """Let a suspended case go on. Timers that were due meanwhile fire and messages that came are delivered, in their order.

    Refused without a reason, to other offices, and for a case that was suspended with the one above it.
    """
    text = expect_reason(reason)
    row = work.cases.row_of(number)
    held = [work.cases.lock(each).case for each in work.counter_steps.suspended_with(row) if each != row]
    case = work.cases.lock(row).case
    who = expect_own_office(work, case, "resume the case")
    officer = expect_officer(work, "resume a case")
    resumed = case.resume()
    found = work.counter_steps.suspended_by(case.id)
    if found is not None and found[0] != case.id:
        raise SuspendedAbove(case=case.number, above=work.cases.number_of(found[0]))
    again = [each.resume() for each in held if each.state is CaseState.SUSPENDED]
    work.counter_steps.resume([case.id, *(each.id for each in held)])
    for each in (*again, resumed):
        work.cases.save(each)
        told = {} if each.id == case.id else {"above": case.number}
        work.record("case.resumed", each, **who, **told, **told_moves(run_again(work, each, officer.number)))
    step = work.counter_steps.add(CounterKind.RESUMED, case.id, text, by=officer.number, at=work.at)
    work.waits.wake()
    return Receipt(case=case.number, state=resumed.state.value, number=step)
