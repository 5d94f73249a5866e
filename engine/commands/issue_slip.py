"""Give a person the slip that shows how their case stands: a code to carry, and a PIN to remember."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.case import Case
from engine.errors import NotValid
from engine.rights import expect_member, expect_officer
from engine.storage import UnitOfWork
from engine.storage.slips import new_code, new_pin


@dataclass(frozen=True, slots=True)
class SlipIssued:
    """What only this answer tells: neither is kept in a form that can be read again."""

    case: str
    code: str
    pin: str


def issue_slip(work: UnitOfWork, number: str) -> SlipIssued:
    """Make a new slip for the person of a case; an earlier one leads nowhere from now on.

    The code is printed on the slip; the PIN is told by mouth and never printed. Refused to offices that take no part,
    and for a sub-case: the slip belongs to the case above.
    """
    officer = expect_officer(work, "issue a slip")
    case = work.cases.lock(number).case
    who = expect_member(work, case, "issue a slip")
    _expect_main(case)
    before = work.slips.of(case.id)
    if before is not None:
        work.slips.revoke(before.number, at=work.at, by=officer.number)
    code, pin = new_code(), new_pin()
    made = work.slips.add(case.id, code, pin, at=work.at, by=officer.number)
    work.record("slip.issued", case, **who, slip=made, instead_of=before.number if before else None)
    return SlipIssued(case.number, code, pin)


def _expect_main(case: Case) -> None:
    if case.parent is not None:
        raise NotValid(what="the case of a slip", wanted="the person's main case", found="a sub-case")
