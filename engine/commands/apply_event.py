"""Let what the placement system has told of one case move it: everything that is next, in its order, each once."""

from __future__ import annotations

from engine.course.placing import expect_exchange, move_on
from engine.domain.placement import EventState
from engine.domain.receipt import Receipt
from engine.errors import NotFound
from engine.storage import UnitOfWork


def apply_event(work: UnitOfWork, case: int | str, *, without_missing: bool = False) -> Receipt:
    """Apply what waits for a case, by its row or number. The receipt's number says how many pieces of news were dealt with.

    With `without_missing` a person decides that the numbers which have not come are waited for no more. Refused to
    officers without the power to exchange in the case's office, and where the placement system knows no such case.
    """
    held = work.cases.lock(case).case
    who = expect_exchange(work, held, "apply news of the placement system")
    known = work.placements.in_family(held.id)
    if known is None or (known := work.placements.lock(known.case)) is None:
        raise NotFound(what=f"placement of case {held.number}")
    work.placements.adopt(known.case, work.placements.family(known.case))
    if known.reference:
        work.placements.name(known.case, known.reference)
    if without_missing:
        work.record("placement.waited_no_more", held, after=known.sequence, **who)
    done = move_on(work, known, without_missing=without_missing)
    state = EventState.APPLIED if done else EventState.WAITING
    return Receipt(case=held.number, state=state.value, number=done)
