"""Carry out an announcement inside the house: exactly once, for its row is settled in the same transaction."""

from __future__ import annotations

from engine.course import Happening, arrive, follow, open_sub_case
from engine.course.progress import read_values
from engine.domain.case import Case, CaseState
from engine.domain.receipt import Receipt
from engine.process import Completed
from engine.storage import UnitOfWork
from engine.storage.announcements import Announcement, settle, take


def deliver_announcement(work: UnitOfWork, number: int) -> Receipt:
    """Hand a message to the case of the same family that waits for it, or complete a service or send task.

    Where no case of the family waits for a message, the procedure that begins with it opens a sub-case; where there is
    none, the message was meant for somebody outside, and having been sent is all there is to it.
    """
    told = take(work.connection, number)
    if told is None:
        return Receipt(state="settled", number=number)
    settle(work.connection, number, "done", work.at)
    case = _complete(work, told) if told.token else _hand_over(work, told)
    return Receipt(case=case.number, state="done", number=number)


def _complete(work: UnitOfWork, told: Announcement) -> Case:
    case = work.cases.lock(told.case).case
    if case.state is not CaseState.RUNNING:
        return case
    happening = Happening(f"{told.kind}.completed", {"token": told.token, "element": told.element, "name": told.name})
    return follow(work, case, Completed(told.token), happening, read_values(work, case))


def _hand_over(work: UnitOfWork, told: Announcement) -> Case:
    family = work.waits.waiting_in_family(told.case, told.name)
    if family:
        case = work.cases.lock(family[0]).case
        return arrive(work, case, told.name, announcement=told.number)
    thrower = work.cases.lock(told.case).case
    for release, start in work.releases.started_by(told.name):
        if release.number != thrower.release:
            happening = Happening("case.opened", {"message": told.name})
            return open_sub_case(work, thrower, release, happening=happening, start=start)
    work.record("message.sent", thrower, message=told.name, element=told.element)
    return thrower
