"""The escalation end event: tells the innermost scope around it that listens, then ends the token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from engine import notation
from engine.machine.activity import throw_escalation
from engine.machine.program import Behaviour, Node
from engine.machine.reading import Reading
from engine.machine.run import Run


@dataclass(frozen=True, slots=True)
class EscalationEndEvent(Behaviour):
    draws = (notation.EndEvent, notation.EscalationDefinition)

    code: str

    @classmethod
    def read(cls, drawn: Any, reading: Reading) -> Self:
        return cls(reading.escalation_of(drawn) or "")

    def enter(self, run: Run, node: Node, scope: int) -> None:
        """End the token, then throw the escalation out of the scope."""
        run.note(node, scope)
        run.consume(node, scope)
        throw_escalation(run, node, run.tokens[scope], self.code)
