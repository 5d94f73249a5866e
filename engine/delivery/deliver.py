"""Deliver one announcement, or put it off: 10 s, 40 s, 160 s later, then it waits for a person as an incident."""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.commands.postpone_announcement import postpone_announcement
from engine.delivery.house import deliver_in_house
from engine.errors import Refusal, Unavailable
from engine.runtime import Engine, Unexpected
from engine.storage.announcements import Announcement

MOST_TRIES = 4
FIRST_PAUSE = timedelta(seconds=10)


def deliver(engine: Engine, told: Announcement, *, at: datetime) -> bool:
    """Hand it to its adapter. Returns whether it has been delivered. Raises Unavailable: then nothing was tried."""
    try:
        deliver_in_house(engine, told, at=at)
    except Unavailable:
        raise
    except Refusal as refusal:
        last = told.tries + 1 >= MOST_TRIES
        if last and not isinstance(refusal, Unexpected):
            engine.note_incident(refusal, case=told.case, event=f"announcement {told.number}", at=at)
        until = None if last else at + FIRST_PAUSE * 4**told.tries
        engine.perform(postpone_announcement, told.number, until=until, at=at)
        return False
    return True
