"""The parallel gateway: waits for one token along each arrow that leads to it, then sends one along each that leaves."""

from __future__ import annotations

from engine import notation
from engine.machine.program import Behaviour, Flow, Node
from engine.machine.run import Run
from engine.machine.state import JOIN


class ParallelGateway(Behaviour):
    draws = (notation.ParallelGateway, None)

    def arrive(self, run: Run, node: Node, scope: int, flow: Flow) -> None:
        """Keep the token until the others are there too."""
        if node.incoming > 1:
            run.open(JOIN, node, scope, place=flow.slot)
            first = run.first_at(node, scope)
            if len(first) < node.incoming:
                return
            for token in first.values():
                run.close(token)
        run.note(node, scope)
        run.leave(node, scope)
