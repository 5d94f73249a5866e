"""The message start event: a case begins because a message came that no case waited for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from engine import notation
from engine.machine.behaviours.start_event import StartEvent
from engine.machine.reading import Reading
from engine.process import StartKind


@dataclass(frozen=True, slots=True)
class MessageStartEvent(StartEvent):
    draws = (notation.StartEvent, notation.MessageDefinition)
    start = StartKind.MESSAGE

    message: str

    @classmethod
    def read(cls, drawn: Any, reading: Reading) -> Self:
        return cls(reading.message_of(drawn))
