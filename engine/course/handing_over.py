"""What an offer of a case to another office comes to: taken, or ended otherwise. Used by the commands that answer it and by time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.course.telling import tell_answer
from engine.course.ticking import Moved, hand_on, told_moves
from engine.domain.case import Case
from engine.domain.handover import Handover, HandoverOver, HandoverState, HandoverTooLate
from engine.domain.release import Whose
from engine.domain.work_item import WorkItem
from engine.errors import NotFound
from engine.storage import UnitOfWork

OVER = {
    HandoverState.ACCEPTED: "handover.accepted",
    HandoverState.DECLINED: "handover.declined",
    HandoverState.EXPIRED: "handover.expired",
    HandoverState.WITHDRAWN: "handover.withdrawn",
}


def hold_offer(work: UnitOfWork, number: int) -> tuple[Handover, Case]:
    """Hold the case of an offer and everything below it, the lowest first, and read the offer again under the lock."""
    row = work.handovers.get(number).case
    for below in work.cases.below(row):
        work.cases.lock(below)
    case = work.cases.lock(row).case
    return work.handovers.get(number), case


def expect_offered(work: UnitOfWork, offer: Handover, case: Case, act: str) -> None:
    """Refuse an offer that has been answered, withdrawn, or whose time is up though no worker has seen it yet."""
    if offer.state is not HandoverState.OFFERED:
        when = work.clock_face(offer.answered_at)
        raise HandoverOver(act=act, case=case.number, state=offer.state.value, when=when)
    if offer.until <= work.at:
        raise HandoverTooLate(act=act, case=case.number, when=work.clock_face(offer.until))


def expect_party(work: UnitOfWork, offer: Handover) -> None:
    """Refuse (NotFound) an offer between two other offices."""
    officer = work.officer
    if officer is None or not officer.offices & {offer.from_office, offer.to_office}:
        raise NotFound(what=f"hand-over {offer.number}")


def end_offer(
    work: UnitOfWork,
    case: Case,
    offer: Handover,
    state: HandoverState,
    *,
    answer: str = "",
    who: dict[str, str] | None = None,
    moved: Sequence[Moved] = (),
) -> Handover:
    """Record how an offer ended; what was said of it stays out of the audit."""
    by = work.officer.number if work.officer else None
    ended = offer.answered(state, at=work.at, by=by, answer=answer)
    work.handovers.save(ended)
    told: dict[str, Any] = {"handover": offer.number, "from": offer.from_office, "to": offer.to_office}
    told |= told_moves(moved)
    work.record(OVER[state], case, **(who or {}), **told)
    tell_answer(work, case, ended)
    return ended


def withdraw_offer(work: UnitOfWork, case: Case) -> None:
    """End the offer of a case that itself comes to its end."""
    offer = work.handovers.open_of(case.id)
    if offer is not None:
        end_offer(work, case, offer, HandoverState.WITHDRAWN)


def let_offer_lapse(work: UnitOfWork, case: Case) -> None:
    """End the offer of a held case where its time is up: the case stays where it is."""
    offer = work.handovers.open_of(case.id)
    if offer is not None and offer.until <= work.at:
        end_offer(work, case, offer, HandoverState.EXPIRED)


def move_case(work: UnitOfWork, case: Case, to_office: str) -> tuple[Case, tuple[Moved, ...]]:
    """Let another office run a held case. Its open steps in the lanes of the case's office go along; the old office still sees it.

    Clocks go on in the working time of the office that has the case; what was used stays used. Returns those moved, too.
    """
    work.cases.join(case, to_office, work.at)
    by = work.officer.number if work.officer else None
    items = _of_case_office(work, case)
    moved = work.cases.give_to(case, to_office, items, at=work.at, by=by)
    return moved, hand_on(work, moved, case.office, items)


def _of_case_office(work: UnitOfWork, case: Case) -> list[WorkItem]:
    release = work.releases.get(case.release)
    moving = []
    for item in work.cases.open_items(case):
        known = release.activities.get((item.process, item.element))
        performer = known.performer if known else None
        if item.office == case.office and (performer is None or performer.whose is Whose.CASE):
            moving.append(item)
    return moving
