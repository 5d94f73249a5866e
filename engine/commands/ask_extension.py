"""Ask for more time than a clock has, while it lasts: somebody else decides."""

from __future__ import annotations

from typing import Any

from engine.course.going_back import expect_reason
from engine.course.pausing import expect_in_time, expect_owner, expect_room, hold_clock
from engine.course.telling import tell, with_power
from engine.domain.notice import NoticeKind
from engine.domain.receipt import Receipt
from engine.rights import expect_officer
from engine.storage import UnitOfWork
from engine.storage.organisation import EXTEND

ACT = "ask for an extension"
LONGEST_BASIS = 500


def ask_extension(work: UnitOfWork, clock: int, *, amount: float, reason: str, basis: str = "") -> Receipt:
    """Propose to add `amount` to a clock, counted as its limit is; `basis` is the place in the law that allows it.

    The limit is what the law says of a duty, or as much again as the clock had. Nothing moves until it is granted.
    Refused to others than the office of the clock, for more than the limit leaves, once the time is over, and while
    another extension of it waits for an answer.
    """
    said = expect_reason(reason)
    officer = expect_officer(work, ACT)
    case, one = hold_clock(work, clock, ACT)
    who = expect_owner(work, case, [one], ACT)
    expect_in_time(work, one)
    added = expect_room(work, case, one, amount, basis.strip()[:LONGEST_BASIS])
    made = work.extensions.ask(one.number, added, said, by=officer.number, at=work.at)
    told: dict[str, Any] = {
        "extension": made,
        "clock": one.number,
        "amount": added.amount,
        "counted": added.clock.value,
    }
    work.record("extension.asked", case, **who, **told, basis=added.basis)
    deciding = with_power(work, EXTEND, one.office, case.office, work.organisation.head)
    tell(work, case, NoticeKind.EXTENSION_ASKED, f"extension {made}", officers=deciding, name=one.name)
    return Receipt(case=case.number, state="proposed", number=made)
