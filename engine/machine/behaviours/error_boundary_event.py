"""The error boundary event: catches an error thrown in the activity, by its code or whatever its code. It always interrupts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from engine import notation
from engine.machine.behaviours.boundary_event import BoundaryEvent
from engine.machine.reading import Reading


@dataclass(frozen=True, slots=True)
class ErrorBoundaryEvent(BoundaryEvent):
    draws = (notation.BoundaryEvent, notation.ErrorDefinition)

    code: str | None

    @classmethod
    def read(cls, drawn: Any, reading: Reading) -> Self:
        return cls(reading.error_of(drawn))

    def catches(self, what: str, code: str, *, exact: bool) -> bool:
        return what == "error" and self.code == (code if exact else None)
