"""Let clocks of a case stand still for a lawful reason: what is awaited does not count."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from engine.course.going_back import expect_reason
from engine.course.pausing import expect_clocks, expect_owner, lawful, touched
from engine.course.ticking import note_pauses, told_moves
from engine.domain.clock import check_span
from engine.domain.receipt import Receipt
from engine.rights import expect_officer
from engine.storage import UnitOfWork

ACT = "pause the clocks"


def pause_clocks(
    work: UnitOfWork,
    number: str,
    *,
    reason: str,
    text: str,
    begins_at: datetime | None = None,
    ends_at: datetime | None = None,
    clocks: Collection[int] = (),
) -> Receipt:
    """Pause all clocks of a case, those included that begin meanwhile, or only the `clocks` named by their rows.

    `reason` is `applicant`, `other-agency` or `force-majeure`, `text` what is awaited. It may have begun, and ended, before
    it is entered, but not before the case. Steps may be done meanwhile. Refused to others than the office whose clocks
    they are, for a case that does not run, and for a span that lies in the future.
    """
    why, said = lawful(reason), expect_reason(text)
    case = work.cases.lock(number).case
    officer = expect_officer(work, ACT)
    chosen = expect_clocks(work, case, clocks)
    who = expect_owner(work, case, chosen, ACT)
    case.running(ACT)
    begins = begins_at or work.at
    check_span(begins, ends_at, opened=case.opened_at, now=work.at)
    for each in chosen:
        if ends_at is None:
            each.expect_going("pause")
    numbers = [each.number for each in chosen]
    made = work.pauses.add(
        case.id, why, said, begins_at=begins, ends_at=ends_at, by=officer.number, at=work.at, clocks=numbers
    )
    moved = note_pauses(work, case, touched(work, case, [made]))
    told: dict[str, Any] = {"pause": made.number, "reason": why.value, "begins_at": begins.isoformat()}
    told |= {"ends_at": ends_at.isoformat()} if ends_at else {}
    told |= {"of": numbers} if numbers else {}
    work.record("clocks.paused", case, **who, **told, **told_moves(moved))
    return Receipt(case=case.number, state="paused" if ends_at is None else "ended", number=made.number)
