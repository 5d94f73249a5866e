"""What all start events have in common: the token is born and leaves."""

from __future__ import annotations

from engine.machine.program import Behaviour, Node
from engine.machine.run import Run


class StartEvent(Behaviour):
    def enter(self, run: Run, node: Node, scope: int) -> None:
        """Pass."""
        run.note(node, scope)
        run.leave(node, scope)
