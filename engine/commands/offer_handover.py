"""Offer a case to another office, which answers within a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from engine.course.telling import tell_offer
from engine.domain.handover import HandoverState
from engine.domain.receipt import Receipt
from engine.errors import NotValid, WrongState
from engine.rights import expect_officer, expect_own_office
from engine.storage import UnitOfWork

LONGEST_REASON = 2_000
LONGEST_OFFER = timedelta(days=60)


class AlreadyOffered(WrongState):
    """Expected to offer case {case} to another office, but it is offered to {office} until {when}. Withdraw that first."""


def offer_handover(work: UnitOfWork, number: str, *, to_office: str, reason: str, until: datetime) -> Receipt:
    """Ask another office to take a running case over, with what lies below it. It stays where it is until they accept.

    Refused to other offices, without a reason, to the office that has it, for a time that is past or longer than 60
    days, and while another offer waits.
    """
    case = work.cases.lock(number).case
    who = expect_own_office(work, case, "hand the case over")
    officer = expect_officer(work, "hand the case over")
    case.running("hand it over")
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        raise NotValid(what="the reason", wanted=f"1 to {LONGEST_REASON} characters", found=f"{len(said)}")
    if to_office == case.office or to_office not in work.organisation.offices:
        raise NotValid(what="the receiving office", wanted="another office", found=to_office or "missing")
    if not work.at < until <= work.at + LONGEST_OFFER:
        raise NotValid(what="the time to answer", wanted="within 60 days from now", found=until.isoformat())
    if offered := work.handovers.open_of(case.id):
        office = work.organisation.office(offered.to_office).name
        raise AlreadyOffered(case=case.number, office=office, when=work.clock_face(offered.until))
    made = work.handovers.add(case.id, case.office, to_office, reason=said, until=until, at=work.at, by=officer.number)
    told: dict[str, Any] = {"handover": made.number, "from": case.office, "to": to_office, "until": until.isoformat()}
    work.record("handover.offered", case, **who, **told)
    tell_offer(work, case, made)
    return Receipt(case=case.number, state=HandoverState.OFFERED.value, number=made.number)
