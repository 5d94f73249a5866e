"""Take a case over that another office has offered."""

from __future__ import annotations

from engine.course.handing_over import end_offer, expect_offered, expect_party, hold_offer, move_case
from engine.course.ticking import told_moves
from engine.domain.handover import HandoverState
from engine.domain.receipt import Receipt
from engine.errors import NotYours
from engine.rights import capacity, expect_officer
from engine.storage import UnitOfWork

ACT = "accept the hand-over"


def accept_handover(work: UnitOfWork, handover: int) -> Receipt:
    """Run the case here from now on, with its open steps and with the sub-cases that the same office had.

    The office that had it goes on to see it. Refused to all but the office it was offered to, and once the offer is over.
    """
    officer = expect_officer(work, ACT)
    expect_party(work, work.handovers.get(handover))
    offer, case = hold_offer(work, handover)
    held = [each for each in officer.holdings if each.office == offer.to_office]
    if not held:
        raise NotYours(who=officer.name, act=ACT, post=f"office {offer.to_office}")
    expect_offered(work, offer, case, ACT)
    case.running("hand it over")
    who = capacity(held[0])
    for row in work.cases.below(case.id):
        below = work.cases.lock(row).case
        if below.office == offer.from_office:
            _, moved = move_case(work, below, offer.to_office)
            told = {"handover": offer.number, "to": offer.to_office, "from": below.office, **told_moves(moved)}
            work.record("case.moved", below, **who, **told)
    case, moved = move_case(work, case, offer.to_office)
    end_offer(work, case, offer, HandoverState.ACCEPTED, who=who, moved=moved)
    return Receipt(case=case.number, state=HandoverState.ACCEPTED.value, number=offer.number)
