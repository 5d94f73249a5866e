"""The message end event: sends a message, then ends the token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from engine import notation
from engine.machine.program import Behaviour, Node
from engine.machine.reading import Reading
from engine.machine.run import Run


@dataclass(frozen=True, slots=True)
class MessageEndEvent(Behaviour):
    draws = (notation.EndEvent, notation.MessageDefinition)

    message: str

    @classmethod
    def read(cls, drawn: Any, reading: Reading) -> Self:
        return cls(reading.message_of(drawn))

    def enter(self, run: Run, node: Node, scope: int) -> None:
        """Send and end."""
        run.note(node, scope)
        run.throw("message", self.message, node)
        run.consume(node, scope)
