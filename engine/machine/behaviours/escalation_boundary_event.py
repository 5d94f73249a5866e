"""The escalation boundary event: hears an escalation thrown in the activity, by its code or whatever its code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from engine import notation
from engine.machine.behaviours.boundary_event import BoundaryEvent
from engine.machine.reading import Reading


@dataclass(frozen=True, slots=True)
class EscalationBoundaryEvent(BoundaryEvent):
    draws = (notation.BoundaryEvent, notation.EscalationDefinition)

    code: str | None
    interrupting: bool

    @classmethod
    def read(cls, drawn: Any, reading: Reading) -> Self:
        return cls(reading.escalation_of(drawn), drawn.interrupting)

    def catches(self, what: str, code: str, *, exact: bool) -> bool:
        return what == "escalation" and self.code == (code if exact else None)
