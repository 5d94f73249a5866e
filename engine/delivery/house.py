"""The adapter for what stays inside: messages between cases. A service is left to whoever answers for it.

It runs in one transaction with the row that it settles, and so does each thing exactly once.
"""

from __future__ import annotations

from datetime import datetime

from engine.commands.deliver_announcement import deliver_announcement
from engine.runtime import Engine
from engine.storage.announcements import Announcement


def deliver_in_house(engine: Engine, told: Announcement, *, at: datetime) -> None:
    """Carry it out. Raises what the case refuses."""
    engine.perform(deliver_announcement, told.number, at=at)
