"""Take a merge back, or the joining of a case to a person: both are again exactly what they were."""

from __future__ import annotations

from engine.course.persons import expect_person
from engine.domain.receipt import Receipt
from engine.errors import NotValid
from engine.rights import expect_officer
from engine.storage import UnitOfWork
from engine.storage.merges import MergeNotOpen, MergeState


def undo_merge(work: UnitOfWork, number: int, *, reason: str) -> Receipt:
    """Let two persons be two again. Refused without a reason, and to officers of offices that do not know the person."""
    officer = expect_officer(work, "undo a merge")
    if not reason.strip():
        raise NotValid(what="the reason", wanted="given", found="missing")
    merge = work.merges.get(number)
    person = expect_person(work, merge.other)
    if merge.state is not MergeState.CONFIRMED:
        raise MergeNotOpen(merge=number, wanted=MergeState.CONFIRMED.value, found=merge.state.value)
    work.subjects.lock_rows([person, merge.other])
    work.merges.undo(merge, why=reason.strip(), at=work.at, by=officer.number)
    work.subjects.part(merge.other)
    work.record("merge.undone", merge=number, keep=merge.keep, other=merge.other, reason=reason.strip())
    return Receipt(state=MergeState.UNDONE.value, number=number)
