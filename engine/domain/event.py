"""People who arrive together (*rombongan*): one event with one case for each person. It is not a case itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.errors import WrongState


class EventClosed(WrongState):
    """Expected to add people to group {event}, but it is closed. Open another one for those who came later."""


@dataclass(frozen=True, slots=True)
class Event:
    """One group of people, found or received together."""

    id: int
    """Its row; 0 before it has one."""
    number: str
    """`R-2026-00001`."""
    office: str
    title: str
    """What the office calls it, without names of persons."""
    procedure: str
    """The code of the procedure that each person's case runs on."""
    message: str
    """The message with which those cases begin; empty where they begin by hand."""
    opened_at: datetime
    opened_by: int
    """The officer's row."""
    found_at: datetime | None = None
    place: str = ""
    source: str = ""
    note: str = ""
    """Clear text; encrypted where it is kept, and empty unless it was asked for."""
    closed_at: datetime | None = None

    def expect_open(self) -> Event:
        """Return the event, or refuse to add to it."""
        if self.closed_at is not None:
            raise EventClosed(event=self.number)
        return self
