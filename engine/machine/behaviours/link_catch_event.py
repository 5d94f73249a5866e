"""The link catch event: where the link throw events of the same name lead to."""

from __future__ import annotations

from engine import notation
from engine.machine.program import Behaviour, Node
from engine.machine.run import Run


class LinkCatchEvent(Behaviour):
    draws = (notation.IntermediateCatchEvent, notation.LinkDefinition)

    def enter(self, run: Run, node: Node, scope: int) -> None:
        """Pass."""
        run.note(node, scope)
        run.leave(node, scope)
