"""The timer start event: a case begins because it is time. Whose clock that is, the worker knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from engine import notation
from engine.machine.behaviours.start_event import StartEvent
from engine.machine.reading import Reading
from engine.process import StartKind
from engine.timing import Timer


@dataclass(frozen=True, slots=True)
class TimerStartEvent(StartEvent):
    draws = (notation.StartEvent, notation.TimerDefinition)
    start = StartKind.TIMER

    timer: Timer

    @classmethod
    def read(cls, drawn: Any, reading: Reading) -> Self:
        return cls(reading.timer_of(drawn))
