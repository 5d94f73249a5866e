"""Set a course for a case: one of any number, each with a sub-case of its own."""

from __future__ import annotations

from engine.course.deciding import expect_decider, expect_procedure, set_course
from engine.domain.receipt import Receipt
from engine.errors import NotValid
from engine.storage import UnitOfWork


def decide_disposition(work: UnitOfWork, number: str, *, kind: str, ground: str) -> Receipt:
    """Record which course, on what ground, and open its sub-case.

    Refused without a ground, to officers who do not decide here, and while the procedure that carries it out is not
    in force.
    """
    if not ground.strip():
        raise NotValid(what="the ground", wanted="given", found="missing")
    case = work.cases.lock(number).case
    who = expect_decider(work, case)
    case.running("decide a disposition")
    release = expect_procedure(work, kind, case.office)
    made, sub = set_course(work, case, kind, ground.strip(), release, who)
    work.record("disposition.decided", case, **who, disposition=made.number, course=kind, sub_case=sub.number)
    return Receipt(case=case.number, state=made.state.value, number=made.number, sub_case=sub.number)
