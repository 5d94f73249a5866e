"""Let what is due happen: the timers of one case, the rungs of its clocks and the end of its offer, or one start timer of a release.

Nobody's command but the worker's.
"""

from __future__ import annotations

from engine.course import Happening, begin, pass_due
from engine.course.beginning import draft
from engine.course.clocks import set_next_start
from engine.course.handing_over import let_offer_lapse
from engine.course.ladder import climb_due
from engine.domain.case import CaseState
from engine.domain.receipt import Receipt
from engine.storage import UnitOfWork
from engine.storage.waits import take_start_timer

HELD = "held"
"""What comes of a case that somebody else holds."""
NOTHING_DUE = "nothing due"
"""What comes of it where somebody else was there before."""


def pass_time(work: UnitOfWork, *, case: int | None = None, timer: int | None = None, wait: bool = True) -> Receipt:
    """Fire the due timers of a case (by its row), climb the ladders of its clocks and end its offer to another office, or fire a
    start timer (by its row).

    What is not due stays. Timers come first: where one of them ends a step, the clock of that step is over. Told not to `wait`, it
    leaves a case alone that somebody else holds: an officer, who lets time pass there anyway, or another worker.
    """
    if timer is not None:
        return _start(work, timer)
    free = work.cases.lock(case or 0) if wait else work.cases.lock_if_free(case or 0)
    if free is None:
        return Receipt(state=HELD)
    held, before = free.case, work.trail.length(free.case.id)
    let_offer_lapse(work, held)
    if held.state is CaseState.RUNNING:
        held = pass_due(work, held)
    if held.state is CaseState.RUNNING:
        climb_due(work, held)
    happened = work.trail.length(held.id) > before
    return Receipt(case=held.number, state=held.state.value if happened else NOTHING_DUE)


def _start(work: UnitOfWork, number: int) -> Receipt:
    taken = take_start_timer(work.connection, number, work.at)
    if taken is None or taken.release is None:
        return Receipt(state=NOTHING_DUE)
    release = work.releases.get(taken.release)
    _, program = work.programs.for_new(release)
    start = next(each for each in program.starts if each.element == taken.element)
    set_next_start(work, taken.release, start, taken.due_at, taken.fired + 1)
    happening = Happening("case.opened", {"due": taken.due_at.isoformat()})
    case = draft(work, release, work.organisation.head)
    case = begin(work, release, case, {}, start=taken.element, happening=happening)
    return Receipt(case=case.number, state=case.state.value)
