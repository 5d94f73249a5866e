"""Write down the days off work and the seasons with other hours; due dates reckoned before stay as they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from engine.domain.calendar import CalendarDay
from engine.domain.receipt import Receipt
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.organisation_rows import put_days, put_ramadan


def set_calendar(
    work: UnitOfWork, days: Iterable[CalendarDay] = (), *, ramadan: Iterable[tuple[date, date]] = ()
) -> Receipt:
    """Add these days and seasons, or change those that are there. Refused to who does not administer."""
    who = expect_power(work, "administer", "set the calendar")
    days, ramadan = list(days), list(ramadan)
    put_days(work.connection, days)
    put_ramadan(work.connection, ramadan)
    work.organisation_changed()
    work.record("calendar.set", None, **who, days=len(days), seasons=len(ramadan))
    return Receipt(state="set", number=len(days))
