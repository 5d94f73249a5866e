"""Change working times: days off, weeks, Ramadan, services, decrees. What is due by them is moved afterwards by the worker."""

from __future__ import annotations

from collections import Counter
from typing import Any

from engine.course.editions import put_in_force
from engine.domain.calendar_book import CalendarBook
from engine.domain.receipt import Receipt
from engine.rights import expect_power
from engine.storage import UnitOfWork

MOST_TOLD = 50
"""Lines of changes in the audit record; all of them stand in the edition itself."""


def change_calendar(
    work: UnitOfWork, book: CalendarBook, *, decree: str = "", note: str = "", seen: int | None = None
) -> Receipt:
    """Put a book in force as the next edition; its own number does not matter. The receipt has the number given.

    `seen` is the edition that the change was made from. Refused to who does not administer, where nothing changes, where
    a national day changes without the number of a decree, for an unknown office, and where another edition came between.
    """
    who = expect_power(work, "administer", "change the calendar")
    made, differs = put_in_force(work, book, decree=decree, note=note, seen=seen)
    counted = Counter(f"{each.what}s {each.how}" for each in differs)
    told: dict[str, Any] = {
        "edition": made.number,
        "sha256": made.sha256,
        "decree": decree.strip(),
        "note": note.strip(),
    }
    lines = [each.told for each in differs[:MOST_TOLD]]
    work.record("calendar.changed", None, **who, **told, counted=dict(sorted(counted.items())), changes=lines)
    return Receipt(state="in-force", number=made.number)
