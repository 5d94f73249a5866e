"""Say no to a case that another office has offered."""

from __future__ import annotations

from engine.course.handing_over import end_offer, expect_offered, expect_party, hold_offer
from engine.domain.handover import HandoverState
from engine.domain.receipt import Receipt
from engine.errors import NotValid, NotYours
from engine.rights import capacity, expect_officer
from engine.storage import UnitOfWork

ACT = "decline the hand-over"
LONGEST_REASON = 2_000


def decline_handover(work: UnitOfWork, handover: int, *, reason: str) -> Receipt:
    """Leave the case with the office that has it, and say why. Refused like accepting it, and without a reason."""
    officer = expect_officer(work, ACT)
    expect_party(work, work.handovers.get(handover))
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise NotValid(what="the reason", wanted=f"1 to {LONGEST_REASON} characters", found=f"{len(reason.strip())}")
    offer, case = hold_offer(work, handover)
    held = [each for each in officer.holdings if each.office == offer.to_office]
    if not held:
        raise NotYours(who=officer.name, act=ACT, post=f"office {offer.to_office}")
    expect_offered(work, offer, case, ACT)
    end_offer(work, case, offer, HandoverState.DECLINED, answer=reason, who=capacity(held[0]))
    return Receipt(case=case.number, state=HandoverState.DECLINED.value, number=offer.number)
