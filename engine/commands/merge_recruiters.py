"""Say that two recruiters are one: by one officer, in the audit, and without changing what any case tells."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid
from engine.rights import expect_officer
from engine.storage import UnitOfWork


def merge_recruiters(work: UnitOfWork, keep: int, other: int, *, reason: str) -> Receipt:
    """Let one recruiter be read as another.

    Refused without a reason, for the same one twice, and (NotFound) where the officer's offices run no case that names them.
    """
    officer = expect_officer(work, "merge recruiters")
    if not reason.strip():
        raise NotValid(what="the reason", wanted="given", found="missing")
    keep, other = work.recruiters.standing(keep), work.recruiters.standing(other)
    for each in (keep, other):
        if not officer.offices & work.recruiters.offices_of(each):
            raise NotFound(what=f"recruiter {each}")
    if keep == other:
        raise NotValid(what="the other recruiter", wanted="another one", found="the same")
    work.recruiters.join(other, keep)
    work.record("recruiters.merged", keep=keep, other=other, reason=reason.strip())
    return Receipt(number=keep)
