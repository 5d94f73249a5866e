"""Propose that two persons of the register are one; another officer has to say so too."""

from __future__ import annotations

from engine.course.persons import differences, expect_person
from engine.domain.receipt import Receipt
from engine.errors import NotValid
from engine.rights import expect_officer
from engine.storage import UnitOfWork
from engine.storage.merges import MergeStands, MergeState


def propose_merge(work: UnitOfWork, keep: int, other: int, *, reason: str) -> Receipt:
    """Propose to read `other` as `keep`. The receipt's notes name the fields that are known differently.

    Refused without a reason, for a person merged with itself, and (NotFound) for one whom none of the officer's offices
    knows.
    """
    officer = expect_officer(work, "merge persons")
    if not reason.strip():
        raise NotValid(what="the reason", wanted="given", found="missing")
    keep, other = expect_person(work, keep), expect_person(work, other)
    if keep == other:
        raise NotValid(what="the other person", wanted="another one", found="the same")
    work.subjects.lock_rows([keep, other])
    if standing := work.merges.standing(other) or work.merges.proposed_between(keep, other):
        raise MergeStands(other=other, merge=standing.number)
    state = MergeState.PROPOSED
    made = work.merges.add(keep, other, kind="merge", state=state, reason=reason.strip(), at=work.at, by=officer.number)
    differ = differences(work, keep, other)
    work.record("merge.proposed", merge=made.number, keep=keep, other=other, differ=list(differ))
    return Receipt(state=state.value, number=made.number, notes=differ)
