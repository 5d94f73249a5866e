"""The link throw event: an arrow to the catch event of the same name in the same scope, drawn as two ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from engine import notation
from engine.machine.program import Behaviour, Node
from engine.machine.reading import Reading
from engine.machine.run import Run


@dataclass(frozen=True, slots=True)
class LinkThrowEvent(Behaviour):
    draws = (notation.IntermediateThrowEvent, notation.LinkDefinition)

    target: int

    @classmethod
    def read(cls, drawn: Any, reading: Reading) -> Self:
        return cls(reading.link_of(drawn))

    def enter(self, run: Run, node: Node, scope: int) -> None:
        """Go on at the other end."""
        run.note(node, scope)
        run.go(self.target, scope)
