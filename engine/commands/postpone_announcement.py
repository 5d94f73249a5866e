"""Put off an announcement that could not be carried out, or give it up for somebody to look at."""

from __future__ import annotations

from datetime import datetime

from engine.domain.receipt import Receipt
from engine.storage import UnitOfWork
from engine.storage.announcements import postpone, settle, take


def postpone_announcement(work: UnitOfWork, number: int, *, until: datetime | None) -> Receipt:
    """Try it again then; without a time it has failed for good, until its incident is retried."""
    if take(work.connection, number) is None:
        return Receipt(state="settled", number=number)
    if until is None:
        settle(work.connection, number, "failed", work.at)
    else:
        postpone(work.connection, number, until)
    return Receipt(state="failed" if until is None else "pending", number=number)
