"""What is exchanged with the national placement system about one person: reports go out, events come in. Not how either travels.

The words are our own (docs/contracts/siskop2mi.md), an assumption until the system's contract is known. The order of the
events is that of a placement in UU 18/2017, Pasal 8 and 13, and Perban BP2MI 7/2023, Pasal 4.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

PARTNER: Final = "siskop2mi"


class ReportKind(StrEnum):
    """What we tell."""

    BEGUN = "placement.begun"
    """A person takes the official way, and has consented that their data goes there."""
    CHANGED = "placement.changed"
    CLOSED = "placement.closed"


class EventKind(StrEnum):
    """What we are told."""

    REGISTERED = "registered"
    EXAMINED = "examined"
    TRAINED = "trained"
    ORIENTED = "oriented"
    """*Orientasi pra pemberangkatan*, OPP."""
    CARDED = "carded"
    """The electronic card of a migrant worker, E-KPMI."""
    DEPARTED = "departed"
    ARRIVED = "arrived"
    MONITORED = "monitored"
    CANCELLED = "cancelled"


class EventState(StrEnum):
    """What became of an event."""

    WAITING = "waiting"
    """The case does not wait for it yet, or the event before it has not come."""
    APPLIED = "applied"
    SET_ASIDE = "set-aside"
    """The case is over, or went on without it."""
    REFUSED = "refused"
    """It fits no case, or says what the contract does not know."""


REPORTS: Final = {
    "siskop2mi_mulai": ReportKind.BEGUN,
    "siskop2mi_perubahan": ReportKind.CHANGED,
    "siskop2mi_tutup": ReportKind.CLOSED,
}
"""The messages by which a drawing reports."""
MESSAGES: Final = {
    EventKind.REGISTERED: "siskop2mi_pendaftaran",
    EventKind.EXAMINED: "siskop2mi_kesehatan",
    EventKind.TRAINED: "siskop2mi_pelatihan",
    EventKind.ORIENTED: "siskop2mi_opp",
    EventKind.CARDED: "siskop2mi_ekpmi",
    EventKind.DEPARTED: "siskop2mi_keberangkatan",
    EventKind.ARRIVED: "siskop2mi_kedatangan",
    EventKind.MONITORED: "siskop2mi_pemantauan",
    EventKind.CANCELLED: "siskop2mi_batal",
}
"""The message of a drawing that an event becomes."""


@dataclass(frozen=True, slots=True)
class PlacementEvent:
    """One piece of news from the placement system."""

    message: str
    """The system's own id of it; the same twice is one."""
    kind: EventKind
    reference: str
    """The system's number of the placement."""
    case: str
    """Our number, where the system knows it; empty otherwise."""
    sequence: int
    """Counted up from 1 within one placement."""
    occurred_at: datetime
    facts: dict[str, Any] = field(default_factory=dict)
    """What the drawing may read: dates, results, places. Nothing that describes the person."""


@dataclass(frozen=True, slots=True)
class PlacementRecord:
    """How the placement system sees one placement, for comparing."""

    reference: str
    case: str
    stage: str
    """The kind of its last event; empty where there was none."""
    sequence: int
    open: bool
    born_on: str = field(default="", repr=False)
    """`1990-01-31`; with the name's hash it says whether both mean the same person."""
    name_hash: str = field(default="", repr=False)
    """SHA-256 of the name in small letters with single spaces; empty where the other side does not say it."""
