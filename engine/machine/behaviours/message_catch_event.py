"""The message catch event: rests until its message comes for this case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from engine import notation
from engine.machine.behaviours.catch_event import CatchEvent
from engine.machine.program import Node
from engine.machine.reading import Reading
from engine.machine.run import Run
from engine.machine.state import CATCH
from engine.process import WaitKind


@dataclass(frozen=True, slots=True)
class MessageCatchEvent(CatchEvent):
    draws = (notation.IntermediateCatchEvent, notation.MessageDefinition)
    waits = WaitKind.MESSAGE

    message: str

    @classmethod
    def read(cls, drawn: Any, reading: Reading) -> Self:
        return cls(reading.message_of(drawn))

    def rest(self, run: Run, node: Node, up: int) -> None:
        run.open(CATCH, node, up)
