"""Let what is due happen: the timers of one case and the end of its offer, or one start timer of a release. Nobody's command but the worker's."""

from __future__ import annotations

from engine.course import Happening, begin, pass_due
from engine.course.beginning import draft
from engine.course.clocks import set_next_start
from engine.course.handing_over import let_offer_lapse
from engine.domain.case import CaseState
from engine.domain.receipt import Receipt
from engine.storage import UnitOfWork
from engine.storage.waits import take_start_timer


def pass_time(work: UnitOfWork, *, case: int | None = None, timer: int | None = None) -> Receipt:
    """Fire the due timers of a case (by its row) and end its offer to another office, or fire a start timer (by its row).

    What is not due stays.
    """
    if timer is not None:
        return _start(work, timer)
    held = work.cases.lock(case or 0).case
    let_offer_lapse(work, held)
    if held.state is CaseState.RUNNING:
        held = pass_due(work, held)
    return Receipt(case=held.number, state=held.state.value)


def _start(work: UnitOfWork, number: int) -> Receipt:
    taken = take_start_timer(work.connection, number, work.at)
    if taken is None or taken.release is None:
        return Receipt(state="nothing due")
    release = work.releases.get(taken.release)
    _, program = work.programs.for_new(release)
    start = next(each for each in program.starts if each.element == taken.element)
    set_next_start(work, taken.release, start, taken.due_at, taken.fired + 1)
    happening = Happening("case.opened", {"due": taken.due_at.isoformat()})
    case = draft(work, release, work.organisation.head)
    case = begin(work, release, case, {}, start=taken.element, happening=happening)
    return Receipt(case=case.number, state=case.state.value)
