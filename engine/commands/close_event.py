"""Close a group: nobody is added to it any more. The cases of its people go on."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.rights import expect_event
from engine.storage import UnitOfWork


def close_event(work: UnitOfWork, number: str) -> Receipt:
    """Close an event. Refused to other offices, and where it is closed already."""
    event, who = expect_event(work, number, "close a group")
    work.events.close(event.expect_open(), work.at)
    work.record("event.closed", None, **who, event=event.number)
    return Receipt(number=event.id, name=event.number, state="closed")
