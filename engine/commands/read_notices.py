"""Mark what an officer has been told as read."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.rights import expect_officer
from engine.storage import UnitOfWork


def read_notices(work: UnitOfWork, *, until: int | None = None, notice: int | None = None) -> Receipt:
    """Mark one's own notice, or all up to `until`, as read. The receipt's number says how many were unread.

    Somebody else's notice answers like one that has been read.
    """
    officer = expect_officer(work, "read notices")
    if until is None and notice is None:
        return Receipt(state="read", number=0)
    return Receipt(state="read", number=work.notices.read(officer.number, work.at, until=until, number=notice))
