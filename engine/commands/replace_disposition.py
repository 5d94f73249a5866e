"""Set another course instead of one that is being carried out."""

from __future__ import annotations

from typing import Any

from engine.course import stop
from engine.course.deciding import expect_decider, expect_procedure, set_course
from engine.domain.case import CaseState
from engine.domain.disposition import DispositionState
from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid, WrongState
from engine.storage import UnitOfWork


def replace_disposition(work: UnitOfWork, disposition: int, *, kind: str, ground: str) -> Receipt:
    """Cancel the sub-case of an open disposition and open that of another.

    Refused as deciding one is, and where the disposition is no longer open.
    """
    if not ground.strip():
        raise NotValid(what="the ground", wanted="given", found="missing")
    old = work.dispositions.get(disposition)
    subs = [] if old.sub_case is None else [*work.cases.below(old.sub_case), old.sub_case]
    held = [work.cases.lock(each).case for each in subs]
    case = work.cases.lock(old.case).case
    try:
        who = expect_decider(work, case)
    except NotFound:
        raise NotFound(what=f"disposition {disposition}") from None
    case.running("replace a disposition")
    old = work.dispositions.get(disposition)
    if old.state is not DispositionState.OPEN:
        raise WrongState(act="replace a disposition", what="the disposition", state=old.state.value)
    release = expect_procedure(work, kind, case.office)
    made, sub = set_course(work, case, kind, ground.strip(), release, who)
    work.dispositions.save(old.close(DispositionState.REPLACED, at=work.at, how=ground.strip(), by=made.number))
    for each in held:
        if each.state in (CaseState.RUNNING, CaseState.SUSPENDED):
            stop(work, each, f"disposition {disposition} was replaced by {made.number}", **who)
    told: dict[str, Any] = {"disposition": made.number, "course": kind, "instead_of": disposition}
    work.record("disposition.replaced", case, **who, **told, sub_case=sub.number)
    return Receipt(case=case.number, state=made.state.value, number=made.number, sub_case=sub.number)
