"""The none intermediate event: a place on the way worth a name (a milestone), passed at once."""

from __future__ import annotations

from engine import notation
from engine.machine.program import Behaviour, Node
from engine.machine.run import Run


class NoneThrowEvent(Behaviour):
    draws = (notation.IntermediateThrowEvent, None)

    def enter(self, run: Run, node: Node, scope: int) -> None:
        """Pass."""
        run.note(node, scope)
        run.leave(node, scope)
