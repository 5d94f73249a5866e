"""Who is told what: notices in the application, in the transaction that gives the reason, and mail for those who want it.

Whoever causes something is not told of it. Nobody is told twice of one thing that they have not read yet, and of one
case not without end. Nothing is decided by a notice: what has to be done stands in the work list whether it was read or not.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from engine.domain.case import Case
from engine.domain.clock import CaseClock
from engine.domain.handover import Handover, HandoverState
from engine.domain.notice import DIGEST_AT, Mailing, NoticeKind
from engine.domain.release import RungAct
from engine.domain.work_item import WorkItem
from engine.storage import UnitOfWork
from engine.storage.escalations import Superior
from engine.storage.notices import Reached, holders_of, topic_of
from engine.storage.organisation import HOME_ZONE, OVERSEE

MOST_TOLD: Final = 20
"""Officers of one thing that happened: where more hold a post, those who have held it longest."""


def tell(
    work: UnitOfWork,
    case: Case | None,
    kind: NoticeKind,
    about: str,
    *,
    officers: Collection[int],
    item: int | None = None,
    name: str = "",
    **told: Any,
) -> int:
    """Tell these officers, but not the one who acts. Returns how many are told. `case`: none for what is about none.

    `about` names what it is about; `name` is the name of a step, a clock or a procedure, and `told` what else may leave
    the house: moments, codes of offices, never anything of a person.
    """
    acting = work.officer.number if work.officer else None
    wanted = tuple(dict.fromkeys(each for each in officers if each != acting))[:MOST_TOLD]
    if not wanted:
        return 0
    held = case.id if case else None
    again, full = work.notices.unread(wanted, held, kind, about)
    done = 0
    for each in work.notices.reached(wanted, topic_of(kind)):
        if each.officer in again:
            work.notices.tell_again(again[each.officer], told=told, at=work.at)
        elif each.officer in full:
            continue
        else:
            new: dict[str, Any] = {"case": held, "item": item, "name": name, "told": told, "at": work.at}
            work.notices.add(each.officer, kind, about, **new, dispatch=_mail(work, held, each))
        done += 1
    return done


def tell_rung(
    work: UnitOfWork, case: Case, one: CaseClock, act: RungAct, item: WorkItem | None, above: Sequence[Superior]
) -> None:
    """Tell who has to know that a clock has come to a rung: who does the work, or who oversees it."""
    about: dict[str, Any] = {"item": item.number if item else None, "name": one.name}
    about |= {"of": one.kind.value, "due": one.due_at.isoformat() if one.due_at else ""}
    kind, officers = _RUNGS[act], [each.officer for each in above]
    if act is RungAct.REMIND:
        officers = [each for one_item in _working(work, case, item) for each in who_has(work, one_item)]
    elif act is RungAct.HAND_OVER and item:
        officers = [each.officer for each in above if each.post == above[0].post]
    tell(work, case, kind, f"clock {one.number} rung {one.rung}", officers=officers, **about)
    if act is RungAct.HAND_OVER and item and item.officer and above and item.post != above[0].post:
        tell_item(work, case, NoticeKind.ITEM_TAKEN, item, item.officer)


def tell_item(work: UnitOfWork, case: Case, kind: NoticeKind, item: WorkItem, to: int | None) -> None:
    """Tell one officer of a step that was given to them, or taken."""
    if to is not None:
        due = {"due": item.due_at.isoformat()} if item.due_at else {}
        tell(work, case, kind, f"item {item.number}", officers=[to], item=item.number, name=item.name, **due)


def tell_offer(work: UnitOfWork, case: Case, offer: Handover) -> None:
    """Tell who oversees an office that a case is offered to it; where nobody does, everybody who works there."""
    officers = overseers(work, offer.to_office) or holders(work, offer.to_office)
    told: dict[str, Any] = {"from": offer.from_office, "to": offer.to_office, "until": offer.until.isoformat()}
    tell(work, case, NoticeKind.HANDOVER_OFFERED, f"handover {offer.number}", officers=officers, **told)


def tell_answer(work: UnitOfWork, case: Case, offer: Handover) -> None:
    """Tell who offered a case what came of it."""
    told: dict[str, Any] = {"from": offer.from_office, "to": offer.to_office}
    tell(work, case, _ANSWERS[offer.state], f"handover {offer.number}", officers=[offer.offered_by], **told)


def overseers(work: UnitOfWork, office: str) -> tuple[int, ...]:
    """Who oversees the work of an office today."""
    return with_power(work, OVERSEE, office)


def with_power(work: UnitOfWork, power: str, *offices: str) -> tuple[int, ...]:
    """Who holds a post with this power today: in the first of these offices where anybody does but the one who acts."""
    posts = [post for post, powers in work.organisation.powers.items() if power in powers]
    acting = work.officer.number if work.officer else None
    for office in filter(None, offices if posts else ()):
        if found := tuple(each for each in holders(work, office, *posts) if each != acting):
            return found
    return ()


def holders(work: UnitOfWork, office: str, *posts: str) -> tuple[int, ...]:
    """Who holds one of these posts in an office today, or any."""
    today = work.organisation.calendar(office).local(work.at).date()
    return holders_of(work.connection, [office], [each for each in posts if each], today)


def who_has(work: UnitOfWork, item: WorkItem) -> tuple[int, ...]:
    """Who does a step: who took it, or else whoever may."""
    return (item.officer,) if item.officer else holders(work, item.office, item.post)


def _working(work: UnitOfWork, case: Case, item: WorkItem | None) -> Sequence[WorkItem]:
    """The step whose clock it is; of every other clock all steps that are open in its case."""
    return [item] if item else work.cases.open_items(case)


def _mail(work: UnitOfWork, held: int | None, one: Reached) -> int | None:
    if one.mailing is Mailing.OFF:
        return None
    if one.mailing is Mailing.AT_ONCE:
        return work.dispatches.mail(one.officer, held, at=work.at)
    return work.dispatches.digest(one.officer, at=work.at, due=next_digest(work.at, one.zone))


def next_digest(at: datetime, zone: str) -> datetime:
    """The next half past seven in the morning on somebody's own clock."""
    local = at.astimezone(ZoneInfo(zone or HOME_ZONE))
    due = datetime.combine(local.date(), DIGEST_AT, local.tzinfo)
    return due if due > local else datetime.combine(local.date() + timedelta(days=1), DIGEST_AT, local.tzinfo)


_RUNGS: Final = {
    RungAct.REMIND: NoticeKind.REMIND,
    RungAct.TELL_SUPERIOR: NoticeKind.TELL_SUPERIOR,
    RungAct.HAND_OVER: NoticeKind.STEP_MOVED,
    RungAct.INCIDENT: NoticeKind.OVERDUE,
}
_ANSWERS: Final = {
    HandoverState.ACCEPTED: NoticeKind.HANDOVER_ACCEPTED,
    HandoverState.DECLINED: NoticeKind.HANDOVER_DECLINED,
    HandoverState.EXPIRED: NoticeKind.HANDOVER_EXPIRED,
    HandoverState.WITHDRAWN: NoticeKind.HANDOVER_WITHDRAWN,
}
