"""The message boundary event: its message interrupts the activity, or starts something beside it each time it comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from engine import notation
from engine.machine.behaviours.boundary_event import BoundaryEvent
from engine.machine.program import Node
from engine.machine.reading import Reading
from engine.machine.run import Run
from engine.machine.state import BOUNDARY, Token
from engine.process import WaitKind


@dataclass(frozen=True, slots=True)
class MessageBoundaryEvent(BoundaryEvent):
    draws = (notation.BoundaryEvent, notation.MessageDefinition)
    waits = WaitKind.MESSAGE

    message: str
    interrupting: bool

    @classmethod
    def read(cls, drawn: Any, reading: Reading) -> Self:
        return cls(reading.message_of(drawn), drawn.interrupting)

    def arm(self, run: Run, node: Node, scope: int, host: int) -> None:
        run.open(BOUNDARY, node, scope, place=host)

    def again(self, run: Run, node: Node, token: Token) -> None:
        self.arm(run, node, token.up, token.place)
