"""Stop a case for a reason, and its sub-cases with it."""

from __future__ import annotations

import re

from engine.course import go_on, stop
from engine.domain.case import Case
from engine.domain.receipt import Receipt
from engine.errors import NotValid
from engine.rights import expect_own_office
from engine.storage import UnitOfWork

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


def cancel_case(work: UnitOfWork, number: str, *, reason: str, closing: str = "") -> Receipt:
    """End a running case and everything below it. Refused without a reason, and to other offices.

    `closing` is the code of the closing reason in the register, which the audit keeps; the register's own meaning is
    not known here. What is said in `reason` stays with the case.

    Sub-cases are locked before the case above them, as everywhere.
    """
    if not reason.strip():
        raise NotValid(what="the reason", wanted="given", found="missing")
    if closing and not _CODE.fullmatch(closing):
        raise NotValid(what="the closing reason", wanted="a code of the register", found=closing[:60])
    row = work.cases.row_of(number)
    for below in work.cases.below(row):
        stop(work, work.cases.lock(below).case, reason, closing=closing)
    case = work.cases.lock(row).case
    who = expect_own_office(work, case, "cancel the case")
    case = stop(work, case.running("cancel it"), reason, closing=closing, **who)
    if case.disposition is not None:
        _tell_above(work, case)
    return Receipt(case=case.number, state=case.state.value)


def _tell_above(work: UnitOfWork, case: Case) -> None:
    """The case above may go on where no other of its dispositions is open."""
    above = work.cases.lock(case.parent or 0).case
    work.record("disposition.closed", above, disposition=case.disposition, how="cancelled", sub_case=case.number)
    go_on(work, above, sub_case=case.number)
