"""A disposition: the course set for a case. It never reaches into the running diagram; it opens a sub-case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from engine.errors import WrongState


class DispositionState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    REPLACED = "replaced"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class DispositionKind:
    """One course that can be set, and the procedure that carries it out."""

    code: str
    title: str
    procedure: str


@dataclass(frozen=True, slots=True)
class Disposition:
    """Who set which course, when and on what ground. Several may be open at once."""

    number: int
    case: int
    kind: str
    ground: str
    state: DispositionState
    decided_at: datetime
    decided_by: int
    sub_case: int | None = None
    closed_at: datetime | None = None
    closed_how: str = ""
    replaced_by: int | None = None

    def close(self, state: DispositionState, *, at: datetime, how: str, by: int | None = None) -> Disposition:
        """Leave the open state for good."""
        if self.state is not DispositionState.OPEN:
            raise WrongState(act="change a disposition", what="the disposition", state=self.state.value)
        return replace(self, state=state, closed_at=at, closed_how=how, replaced_by=by)

    def reopen(self) -> Disposition:
        """Be open again, because the sub-case that carries it out goes on."""
        if self.state is not DispositionState.CANCELLED:
            raise WrongState(act="open a disposition again", what="the disposition", state=self.state.value)
        return replace(self, state=DispositionState.OPEN, closed_at=None, closed_how="")
