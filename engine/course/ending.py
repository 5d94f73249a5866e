"""The end of a case: nothing stays open, its snapshot is emptied, and the disposition it carried out is closed."""

from __future__ import annotations

from engine.course.handing_over import withdraw_offer
from engine.course.ticking import end_all
from engine.domain.case import Case, CaseState
from engine.domain.disposition import DispositionState
from engine.process import Ended
from engine.storage import UnitOfWork

DISPOSITIONS_CLOSED = "dispositions_closed"
"""The message that comes to a case when the last of its dispositions has been carried out."""


def finish(work: UnitOfWork, case: Case, ended: Ended) -> Case:
    """Let a case come to the end that its diagram has reached. Returns it; its parent has still to be told."""
    case = case.end(CaseState.COMPLETED, ended.how + (f" {ended.code}" if ended.code else ""), at=work.at)
    data = {"how": ended.how, "process": ended.process, "element": ended.element, "code": ended.code or ""}
    _close(work, case)
    work.cases.forget_ways_back(case)
    work.record("case.ended", case, **data)
    if case.disposition is not None:
        _close_disposition(work, case, DispositionState.CLOSED)
    return case


def stop(work: UnitOfWork, case: Case, reason: str, *, closing: str = "", **who: str) -> Case:
    """Cancel a held case for a reason, with its open dispositions and the one it carries out. Nobody is told yet."""
    if case.state is CaseState.SUSPENDED:
        work.counter_steps.resume([case.id])
        case = case.resume()
    work.counter_steps.keep_snapshot(case.id, case.snapshot)
    case = case.end(CaseState.CANCELLED, f"cancelled: {reason.strip()}", at=work.at)
    _close(work, case)
    work.record("case.cancelled", case, **who, **({"closing": closing} if closing else {}))
    if closing:
        work.cases.note_closing(case, closing)
    own = [] if case.disposition is None else [work.dispositions.get(case.disposition)]
    for each in (*work.dispositions.of(case.id), *own):
        if each.state is DispositionState.OPEN:
            work.dispositions.save(each.close(DispositionState.CANCELLED, at=work.at, how=case.ended_how))
    return case


def all_closed(work: UnitOfWork, case: Case) -> bool:
    """Whether the case has had dispositions and none of them is open any more."""
    known = work.dispositions.of(case.id)
    return bool(known) and not any(each.state is DispositionState.OPEN for each in known)


def _close(work: UnitOfWork, case: Case) -> None:
    withdraw_offer(work, case)
    work.cases.save(case)
    work.cases.exit_items(case, work.at)
    end_all(work, case, done=case.state is CaseState.COMPLETED)
    work.waits.close(case.id)
    work.announcements.withdraw(case.id, work.at)


def _close_disposition(work: UnitOfWork, case: Case, state: DispositionState) -> None:
    disposition = work.dispositions.get(case.disposition or 0)
    if disposition.state is not DispositionState.OPEN:
        return
    work.dispositions.save(disposition.close(state, at=work.at, how=case.ended_how))
    above = work.cases.lock(disposition.case).case
    work.record("disposition.closed", above, disposition=disposition.number, how=case.ended_how, sub_case=case.number)
