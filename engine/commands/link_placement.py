"""Say by which number the placement system knows a case, where it has not said so itself."""

from __future__ import annotations

from engine.course.placing import expect_exchange
from engine.domain.placement_reading import LONGEST_REFERENCE
from engine.domain.receipt import Receipt
from engine.errors import NotValid, WrongState
from engine.storage import UnitOfWork


class ReferenceTaken(WrongState):
    """Expected the number {reference} to be free for case {case}, but another case is known by it."""


def link_placement(work: UnitOfWork, case: str, *, reference: str) -> Receipt:
    """Link a case to the partner's number; what came under that number waits for the case now.

    Refused where the number is another case's.
    """
    held = work.cases.lock(case).case
    who = expect_exchange(work, held, "link a number of the placement system")
    said = reference.strip()
    if not said or len(said) > LONGEST_REFERENCE:
        raise NotValid(what="the number", wanted=f"1 to {LONGEST_REFERENCE} characters", found=len(said))
    taken = work.placements.by_reference(said)
    known = work.placements.in_family(held.id)
    own = known.case if known else held.id
    if taken and taken.case != own:
        raise ReferenceTaken(reference=said, case=held.number)
    work.placements.begin(own, work.at)
    before = work.placements.lock(own)
    work.placements.name(own, said)
    work.record("placement.linked", held, reference=said, before=before.reference if before else "", **who)
    work.waits.wake()
    return Receipt(case=held.number, state="linked", name=said)
