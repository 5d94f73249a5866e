"""The none end event: the token ends; its scope ends when no token is left in it."""

from __future__ import annotations

from engine import notation
from engine.machine.program import Behaviour, Node
from engine.machine.run import Run


class NoneEndEvent(Behaviour):
    draws = (notation.EndEvent, None)

    def enter(self, run: Run, node: Node, scope: int) -> None:
        """End this token."""
        run.note(node, scope)
        run.consume(node, scope)
