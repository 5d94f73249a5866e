"""What intermediate events that wait have in common; an alternative behind an event-based gateway is one too."""

from __future__ import annotations

from engine.machine.behaviours.event_based_gateway import chosen
from engine.machine.program import Behaviour, Node
from engine.machine.run import Run
from engine.machine.state import Token


class CatchEvent(Behaviour):
    def enter(self, run: Run, node: Node, scope: int) -> None:
        """Wait."""
        self.rest(run, node, scope)

    def rest(self, run: Run, node: Node, up: int) -> None:
        """Open the wait, in a scope or as one alternative of a gateway."""
        raise NotImplementedError(node.id)

    def happen(self, run: Run, node: Node, token: Token) -> None:
        """Go on."""
        token = chosen(run, token)
        run.close(token)
        run.note(node, token.up)
        run.leave(node, token.up)
