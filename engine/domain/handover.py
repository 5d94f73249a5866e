"""A hand-over: one office offers a case to another, which takes it, declines it, or lets the time run out. Not a change of lane."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from engine.errors import WrongState


class HandoverState(StrEnum):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class HandoverOver(WrongState):
    """Expected to {act}, but the offer of case {case} was {state} at {when}."""


class HandoverTooLate(WrongState):
    """Expected to {act}, but the offer of case {case} ran out at {when}."""


@dataclass(frozen=True, slots=True)
class Handover:
    """One offer, and what came of it."""

    number: int
    case: int
    from_office: str
    to_office: str
    reason: str
    """In clear text; stored encrypted."""
    until: datetime
    """Without an answer by then, the case stays where it is."""
    state: HandoverState
    offered_at: datetime
    offered_by: int
    answered_at: datetime | None = None
    answered_by: int | None = None
    answer: str = ""

    def answered(self, state: HandoverState, *, at: datetime, by: int | None, answer: str = "") -> Handover:
        """Come to its end, whichever that is."""
        return replace(self, state=state, answered_at=at, answered_by=by, answer=answer.strip())
