"""Say that two persons of the register are not one, or take one's own proposal back."""

from __future__ import annotations

from engine.course.persons import expect_person
from engine.domain.receipt import Receipt
from engine.errors import NotValid
from engine.rights import expect_officer
from engine.storage import UnitOfWork
from engine.storage.merges import MergeNotOpen, MergeState


def decline_merge(work: UnitOfWork, number: int, *, reason: str) -> Receipt:
    """Close a proposal; both persons stay as they are. Refused without a reason, and to officers who may not see both."""
    officer = expect_officer(work, "decline a merge")
    if not reason.strip():
        raise NotValid(what="the reason", wanted="given", found="missing")
    merge = work.merges.get(number)
    expect_person(work, merge.keep)
    expect_person(work, merge.other)
    if merge.state is not MergeState.PROPOSED:
        raise MergeNotOpen(merge=number, wanted=MergeState.PROPOSED.value, found=merge.state.value)
    work.merges.decide(merge, MergeState.DECLINED, why=reason.strip(), at=work.at, by=officer.number)
    work.record("merge.declined", merge=number, keep=merge.keep, other=merge.other, reason=reason.strip())
    return Receipt(state=MergeState.DECLINED.value, number=number)
