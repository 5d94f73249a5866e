"""Take an offer of a case back before it is answered."""

from __future__ import annotations

from engine.course.handing_over import end_offer, expect_offered, expect_party, hold_offer
from engine.domain.handover import HandoverState
from engine.domain.receipt import Receipt
from engine.rights import expect_own_office
from engine.storage import UnitOfWork

ACT = "withdraw the offer"


def withdraw_handover(work: UnitOfWork, handover: int) -> Receipt:
    """Offer the case no longer. Refused to all but the office that runs it, and once the offer is over."""
    expect_party(work, work.handovers.get(handover))
    offer, case = hold_offer(work, handover)
    who = expect_own_office(work, case, ACT)
    expect_offered(work, offer, case, ACT)
    end_offer(work, case, offer, HandoverState.WITHDRAWN, who=who)
    return Receipt(case=case.number, state=HandoverState.WITHDRAWN.value, number=offer.number)
