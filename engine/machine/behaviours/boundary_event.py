"""What boundary events have in common: they wait beside a host and, if they interrupt, take it away."""

from __future__ import annotations

from engine.machine.program import Behaviour, Node
from engine.machine.run import Run
from engine.machine.state import Token


class BoundaryEvent(Behaviour):
    def happen(self, run: Run, node: Node, token: Token) -> None:
        """Send a token out of the boundary; without interrupting, wait for the next time if there is one."""
        run.close(token)
        if self.interrupting:
            run.cancel(token.place)
        else:
            self.again(run, node, token)
        run.note(node, token.up)
        run.leave(node, token.up)

    def again(self, run: Run, node: Node, token: Token) -> None:
        """Wait once more beside the same host."""
