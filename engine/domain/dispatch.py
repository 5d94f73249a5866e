"""A dispatch: what leaves the house, a mail or a call to another program's address. Written where it was caused, sent afterwards.

It is sent at least once: what was sent twice bears the same key. An announcement is something else: it is part of the
course of its case, waits while that is suspended and is withdrawn with it; a dispatch merely tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

from engine.domain.notice import Notice


class Channel(StrEnum):
    """By what it goes."""

    MAIL = "mail"
    WEBHOOK = "webhook"
    SISKOP2MI = "siskop2mi"
    """The national placement system, by REST; where files travel, the same rows are put into a batch."""


class DispatchState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    """Somebody has it in hand; if they are not heard of again, it is tried anew."""
    SENT = "sent"
    FAILED = "failed"
    """Given up: a dead letter, until somebody sends it again or lays it aside."""
    WITHDRAWN = "withdrawn"
    """Not needed any more."""
    UNKNOWN = "unknown"
    """It may have arrived or not, and the partner cannot say: a person resolves it."""


OPEN: Final = frozenset({DispatchState.PENDING, DispatchState.SENDING})
EVENTS: Final = (
    "case.opened",
    "case.ended",
    "case.cancelled",
    "case.reopened",
    "case.suspended",
    "case.resumed",
    "work_item.claimed",
    "work_item.completed",
    "work_item.returned",
    "timer.fired",
    "clock.rung_reached",
    "clocks.paused",
    "pause.ended",
    "extension.decided",
    "disposition.decided",
    "disposition.closed",
    "handover.offered",
    "handover.accepted",
)
"""What other programs may be told of, by the names that audit records have."""
TRIED: Final = "webhook.tried"
"""What a call is of that somebody makes to see whether it arrives. No program has to ask for it."""
LONGEST_OVERLAP: Final = timedelta(days=30)
"""How long a secret that was replaced may still sign beside the new one."""
MOST_TRIES: Final = 12
FIRST_PAUSE: Final = timedelta(seconds=10)
LONGEST_PAUSE: Final = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One dispatch in hand, with all that sending it needs."""

    number: int
    key: str
    """The same however often it is sent."""
    channel: Channel
    tries: int
    target: str
    """`officer 5`, `webhook 2`."""
    address: str = field(repr=False)
    """Of mail, or the address of another program."""
    notices: tuple[Notice, ...] = ()
    digest: bool = False
    language: str = "id"
    zone: str = ""
    secret: str = field(default="", repr=False)
    secret_before: str = field(default="", repr=False)
    """Of another program, while its secret is being changed: it signs too."""
    body: Mapping[str, Any] = field(default_factory=dict, repr=False)
    doubtful: bool = False
    """It may have arrived before: the receiver is asked first."""


def pause_after(tries: int) -> timedelta | None:
    """How long to wait after so many tries: 10 s, 40 s, 160 s, … 6 hours at most; None where it is to be given up."""
    if tries >= MOST_TRIES:
        return None
    return min(FIRST_PAUSE * int(4 ** (tries - 1)), LONGEST_PAUSE)
