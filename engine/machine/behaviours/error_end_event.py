"""The error end event: interrupts the innermost scope around it that catches the error, or ends the case with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from engine import notation
from engine.machine.activity import throw_error
from engine.machine.program import Behaviour, Node
from engine.machine.reading import Reading
from engine.machine.run import Run


@dataclass(frozen=True, slots=True)
class ErrorEndEvent(Behaviour):
    draws = (notation.EndEvent, notation.ErrorDefinition)

    code: str

    @classmethod
    def read(cls, drawn: Any, reading: Reading) -> Self:
        return cls(reading.error_of(drawn) or "")

    def enter(self, run: Run, node: Node, scope: int) -> None:
        """Throw the error out of the scope."""
        run.note(node, scope)
        throw_error(run, node, run.tokens[scope], self.code)
