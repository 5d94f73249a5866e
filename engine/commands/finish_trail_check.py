"""Keep what a check of every chain has found, as a record of the house's own chain: the next check reads it with the rest."""

from __future__ import annotations

from engine.domain.audit import HOUSE
from engine.domain.receipt import Receipt
from engine.errors import NotYours
from engine.rights import HOUSE as THE_HOUSE
from engine.storage import UnitOfWork
from engine.storage.trail_check import DONE, TrailCheck, mark, marks


def finish_trail_check(work: UnitOfWork, check: TrailCheck, *, asked: int) -> Receipt:
    """Record the result of the check that this record asked for. Where another worker was faster, its result stays.

    Refused to officers: only the house itself has read the chains.
    """
    if work.officer is not None:
        raise NotYours(who=work.officer.name, act="tell what a check of the audit trail found", post=THE_HOUSE)
    work.trail.hold(HOUSE)
    last, done = marks(work.connection)
    if last != asked or done > asked:
        return Receipt(state="told")
    work.record("trail_check.finished", None, asked=asked, **check.told())
    mark(work.connection, DONE, work.trail.last_of(HOUSE))
    return Receipt(state="finished")
