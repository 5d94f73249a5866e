"""Give an open work item to a colleague who holds its post, with what has been typed so far."""

from __future__ import annotations

from typing import Any

from engine.course.telling import tell_item
from engine.domain.case import Case
from engine.domain.notice import NoticeKind
from engine.domain.organisation import Officer
from engine.domain.receipt import Receipt
from engine.domain.work_item import WorkItem
from engine.errors import NotFound, NotValid, NotYours, WrongState
from engine.rights import capacity, expect_officer, expect_part
from engine.storage import UnitOfWork
from engine.storage.organisation import read_officer

ACT = "reassign"


class HasItAlready(WrongState):
    """Expected to give work item {item} to another officer, but {who} has it already."""


def reassign_work_item(work: UnitOfWork, item_id: int, *, seen: int, to: str) -> Receipt:
    """Let the officer with the login `to` have an open item, and the draft of whoever had it.

    Whoever has it may pass it on; of others, those who hold a post with the power to oversee the work of its office.
    Refused when the receiver does not hold the item's post in its office today, or has it, and on a stale page.
    """
    held, item, changer = work.cases.lock_for_item(item_id)
    case = held.case
    officer = expect_officer(work, "reassign work items")
    who = _expect_right(work, case, item, officer)
    by = officer.number if item.officer is None else item.officer
    item.check(ACT, by=by, seen=seen, tell={"who": changer, "when": work.clock_face(item.changed_at)})
    case.running("reassign a work item")
    receiver = _receiver(work, item, to)
    before = item.officer
    item = item.reassign(receiver.number, by=officer.number, at=work.at)
    work.cases.save_item(item)
    if before is not None and (fields := work.drafts.hand_on(item.number, before, receiver.number)):
        work.trail.note("draft.handed_on", work.at, work.login, case.id, item=item.number, to=to, fields=list(fields))
    told: dict[str, Any] = {
        "item": item.number,
        "token": item.token,
        "process": item.process,
        "element": item.element,
        "to": to,
    }
    work.record("work_item.reassigned", case, **who, **told)
    tell_item(work, case, NoticeKind.ITEM_ASSIGNED, item, receiver.number)
    tell_item(work, case, NoticeKind.ITEM_TAKEN, item, before)
    return Receipt(case=case.number, state=item.state.value, number=item.number)


def _expect_right(work: UnitOfWork, case: Case, item: WorkItem, officer: Officer) -> dict[str, str]:
    own = officer.holding(item.post, item.office)
    if own is not None and item.officer == officer.number:
        return capacity(own)
    overseen = work.organisation.overseen_by(officer)
    if item.office not in overseen:
        expect_part(work, case, f"work item {item.number}")
        raise NotYours(
            who=officer.name, act=f"{ACT} work item {item.called}", post="who has it, or oversees the office"
        )
    return capacity(overseen[item.office])


def _receiver(work: UnitOfWork, item: WorkItem, login: str) -> Officer:
    try:
        receiver, _, _ = read_officer(work.connection, login, work.at)
    except NotFound:
        receiver = None
    if receiver is None or receiver.holding(item.post, item.office) is None:
        wanted = f"an officer who holds {item.post or 'a post'} in {item.office} today"
        raise NotValid(what="the receiver", wanted=wanted, found=login or "missing")
    if item.officer == receiver.number:
        raise HasItAlready(item=item.called, who=receiver.name)
    return receiver
