"""The message throw event: sends a message and goes on without an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from engine import notation
from engine.machine.program import Behaviour, Node
from engine.machine.reading import Reading
from engine.machine.run import Run


@dataclass(frozen=True, slots=True)
class MessageThrowEvent(Behaviour):
    draws = (notation.IntermediateThrowEvent, notation.MessageDefinition)

    message: str

    @classmethod
    def read(cls, drawn: Any, reading: Reading) -> Self:
        return cls(reading.message_of(drawn))

    def enter(self, run: Run, node: Node, scope: int) -> None:
        """Send and go on."""
        run.note(node, scope)
        run.throw("message", self.message, node)
        run.leave(node, scope)
