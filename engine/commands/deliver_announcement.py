"""Carry out an announcement inside the house: exactly once, for its row is settled in the same transaction.

What nobody in the house can carry out is left to whoever answers: nothing is completed by nobody.
"""

from __future__ import annotations

from engine.course import Happening, arrive, follow, open_sub_case
from engine.course.messages import KEPT, deliver_kept, keep_message
from engine.course.progress import read_values
from engine.course.reporting import report
from engine.course.ticking import end_step
from engine.domain.case import Case, CaseState
from engine.domain.placement import REPORTS
from engine.domain.receipt import Receipt
from engine.process import Completed
from engine.storage import UnitOfWork
from engine.storage.announcements import Announcement, settle, take


def deliver_announcement(work: UnitOfWork, number: int) -> Receipt:
    """Hand a message to the case of the same family that waits for it; then a send task that sent it is completed.

    Where no case of the family waits for a message, the procedure that begins with it opens a sub-case; where there is
    none, it was meant for somebody outside: one that was thrown is recorded as sent, and a send task goes on waiting
    until somebody answers for it, as a service task always does. A report to the placement system becomes a dispatch,
    and its send task is completed in the same transaction: the case waits for nobody outside.
    """
    told = take(work.connection, number)
    if told is None:
        return Receipt(state="settled", number=number)
    if work.cases.state_of(told.case) is CaseState.SUSPENDED:
        return Receipt(state=CaseState.SUSPENDED.value, number=number)
    settle(work.connection, number, "done", work.at)
    if told.kind == KEPT:
        return Receipt(case=deliver_kept(work, told).number, state="done", number=number)
    if told.kind == "service":
        case: Case | None = None
    elif told.name in REPORTS:
        case = _report(work, told)
    elif told.token:
        case = _hand_over(work, told) and _complete(work, told)
    else:
        case = _hand_over(work, told) or _sent(work, told)
    return Receipt(case=case.number if case else None, state="done", number=number)


def _complete(work: UnitOfWork, told: Announcement) -> Case:
    """Finish the send task whose message has arrived, unless its arrival has taken it away."""
    case = work.cases.lock(told.case).case
    item = next((each for each in work.cases.open_items(case) if each.token == told.token), None)
    if item is None:
        return case
    work.cases.exit_items(case, work.at, [told.token])
    end_step(work, case, item)
    happening = Happening("send.completed", {"token": told.token, "element": told.element, "name": told.name})
    return follow(work, case, Completed(told.token), happening, read_values(work, case))


def _report(work: UnitOfWork, told: Announcement) -> Case:
    report(work, told.case, told.name)
    return _complete(work, told) if told.token else _sent(work, told)


def _sent(work: UnitOfWork, told: Announcement) -> Case:
    case = work.cases.lock(told.case).case
    work.record("message.sent", case, message=told.name, element=told.element)
    return case


def _hand_over(work: UnitOfWork, told: Announcement) -> Case | None:
    """Let the message come to a case of the house. None where none wants it."""
    family = work.waits.waiting_in_family(told.case, told.name)
    if family:
        case = work.cases.lock(family[0]).case
        if case.state is CaseState.SUSPENDED:
            return keep_message(work, case, told.name, {})
        return arrive(work, case, told.name, announcement=told.number)
    thrower = work.cases.lock(told.case).case
    for release, start in work.releases.started_in(told.name, thrower.office):
        if release.number != thrower.release:
            happening = Happening("case.opened", {"message": told.name})
            return open_sub_case(work, thrower, release, happening=happening, start=start)
    return None
