"""Move what is due in one case to where the newest edition of the calendar says. Nobody's command but the worker's."""

from __future__ import annotations

from typing import Any

from engine.course.recounting import newest_edition, recount_clocks, recount_timers
from engine.course.ticking import told_moves
from engine.domain.receipt import Receipt
from engine.storage import UnitOfWork

HELD, RECOUNTED, NOTHING_OLDER = "held", "recounted", "nothing older"


def recount_case(work: UnitOfWork, *, case: int | None = None, timer: int | None = None, wait: bool = True) -> Receipt:
    """Count the open clocks and timers of a case (by its row) anew, or one start timer of a release (by its row).

    Only those that an older edition counted; each date that falls elsewhere is recorded, with from when and to when. Done
    again, it changes nothing. Told not to `wait`, it leaves a case alone that somebody else holds.
    """
    if timer is not None:
        return _start(work, timer)
    free = work.cases.lock(case or 0) if wait else work.cases.lock_if_free(case or 0)
    if free is None:
        return Receipt(state=HELD)
    held = free.case
    if not work.organisation.edition:
        return Receipt(case=held.number, state=NOTHING_OLDER)
    moved, older = recount_clocks(work, held)
    timers = work.waits.older_timers(held.id, work.organisation.edition)
    older = min([older, *(each.counted.edition for each in timers)])
    if older == work.organisation.edition:
        return Receipt(case=held.number, state=NOTHING_OLDER)
    moved_timers = recount_timers(work, timers) if timers else ()
    if moved or moved_timers:
        newest = newest_edition(work)
        told: dict[str, Any] = {"edition": newest.number, "was": older, "decree": newest.decree, "why": newest.why}
        told |= {"timers": [each.told for each in moved_timers]} if moved_timers else {}
        work.record("case.recounted", held, **told, **told_moves(moved))
    return Receipt(case=held.number, state=RECOUNTED, number=len(moved) + len(moved_timers))


def _start(work: UnitOfWork, number: int) -> Receipt:
    timers = work.waits.take_older_start(number, work.organisation.edition)
    moved = recount_timers(work, timers) if timers else ()
    if moved:
        newest = newest_edition(work)
        told: dict[str, Any] = {"edition": newest.number, "decree": newest.decree, "why": newest.why}
        work.record("case.recounted", None, **told, release=timers[0].release, timers=[each.told for each in moved])
    return Receipt(state=RECOUNTED if timers else NOTHING_OLDER, number=len(moved))
