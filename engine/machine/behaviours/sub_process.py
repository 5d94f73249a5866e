"""The embedded sub-process: a scope of its own, over when no token is left in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from engine import notation
from engine.machine.activity import Activity
from engine.machine.program import Node
from engine.machine.reading import Reading
from engine.machine.run import Run
from engine.machine.state import SCOPE


@dataclass(frozen=True, slots=True)
class SubProcess(Activity):
    draws = (notation.SubProcess, None)

    inside: int

    @classmethod
    def read(cls, drawn: Any, reading: Reading) -> Self:
        return cls(reading.bodies[drawn.id])

    def begin(self, run: Run, node: Node, up: int, place: int = -1) -> int:
        """Open the scope and send a token to its start event."""
        number = run.open(SCOPE, node, up, place=place)
        run.go(run.program.bodies[self.inside].start, number)
        return number
