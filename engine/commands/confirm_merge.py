"""Confirm, as a second officer, that two persons of the register are one."""

from __future__ import annotations

from engine.course.persons import expect_person
from engine.domain.organisation import Officer
from engine.domain.receipt import Receipt
from engine.errors import NotYours, WrongState
from engine.rights import expect_officer
from engine.storage import UnitOfWork
from engine.storage.merges import Merge, MergeNotOpen, MergeState


class MergeOwn(WrongState):
    """Expected a second officer to decide merge {merge}, but {who} proposed it."""


def confirm_merge(work: UnitOfWork, number: int) -> Receipt:
    """Let the one person be read as the other from now on; no row of either is changed.

    Refused to whoever proposed it, to officers who may not see both, and where the two officers together do not stand
    for an office of each person.
    """
    officer = expect_officer(work, "confirm a merge")
    merge = work.merges.get(number)
    keep, other = expect_person(work, merge.keep), expect_person(work, merge.other)
    if merge.state is not MergeState.PROPOSED:
        raise MergeNotOpen(merge=number, wanted=MergeState.PROPOSED.value, found=merge.state.value)
    if merge.proposed_by == officer.number:
        raise MergeOwn(merge=number, who=officer.name)
    work.subjects.lock_rows([keep, other])
    if keep == other or other != merge.other:
        raise MergeNotOpen(merge=number, wanted="of two persons", found="of one that was joined meanwhile")
    _expect_offices(work, officer, merge)
    work.merges.decide(merge, MergeState.CONFIRMED, why="", at=work.at, by=officer.number)
    work.subjects.join(other, keep)
    work.record("merge.confirmed", merge=number, keep=keep, other=other)
    return Receipt(state=MergeState.CONFIRMED.value, number=number)


def _expect_offices(work: UnitOfWork, officer: Officer, merge: Merge) -> None:
    both = officer.offices | work.merges.offices_of(merge.proposed_by, merge.proposed_at.date())
    for person in (merge.keep, merge.other):
        offices = work.subjects.offices_of(person)
        if not both & offices:
            raise NotYours(
                who=officer.name, act=f"confirm merge {merge.number}", post=f"office {', '.join(sorted(offices))}"
            )
