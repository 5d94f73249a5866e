"""Ways in which the stand-in can know a placement otherwise than the agency does, so that comparing both finds something."""

from __future__ import annotations

from enum import StrEnum


class Differs(StrEnum):
    """What is otherwise here, and is told to nobody."""

    FORGOTTEN = "forgotten"
    """The placement is not known here any more."""
    FURTHER = "further"
    """It is one event further on; the event is told when somebody says so."""
    CLOSED = "closed"
    """It was called off; the event is told when somebody says so."""
    OPEN = "open"
    """It is open, also where the agency has closed it."""
    OTHER_PERSON = "other-person"
    """It is of somebody with another name and date of birth."""
