"""Let clocks go on that stood still: what was awaited has come."""

from __future__ import annotations

from datetime import datetime

from engine.course.pausing import PauseOver, hold_pause, touched
from engine.course.ticking import note_pauses, told_moves
from engine.domain.clock import check_span
from engine.domain.receipt import Receipt
from engine.rights import expect_officer
from engine.storage import UnitOfWork

ACT = "end the pause"


def end_pause(work: UnitOfWork, pause: int, *, ended_at: datetime | None = None) -> Receipt:
    """End a pause now, or at the moment at which it really ended. Deadlines move by the counted time that it took.

    Refused to others than the office whose clocks stand still, for a pause that is over, void, or comes of a suspension,
    and for a moment in the future or before it began.
    """
    officer = expect_officer(work, ACT)
    case, row, who = hold_pause(work, pause, ACT)
    case.running(ACT)
    if row.ends_at is not None:
        raise PauseOver(act=ACT, when=work.clock_face(row.ends_at))
    ends = ended_at or work.at
    check_span(row.begins_at, ends, opened=case.opened_at, now=work.at)
    work.pauses.end(row.number, at=ends, by=officer.number)
    moved = note_pauses(work, case, touched(work, case, [row]))
    work.record("pause.ended", case, **who, pause=row.number, ends_at=ends.isoformat(), **told_moves(moved))
    return Receipt(case=case.number, state="ended", number=row.number)
