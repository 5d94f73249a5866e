"""The inclusive gateway: one or more ways out; as a join it waits for every token that can still come to it.

It fires (ISO/IEC 19510, table 13.3) when a token has come along at least one arrow, and every token elsewhere in the
scope that could still come along an empty arrow could as well come along one that has a token already.
"""

from __future__ import annotations

from engine import notation
from engine.machine.program import Behaviour, Flow, Node
from engine.machine.run import Run
from engine.machine.state import BOUNDARY, JOIN


class InclusiveGateway(Behaviour):
    draws = (notation.InclusiveGateway, None)

    def arrive(self, run: Run, node: Node, scope: int, flow: Flow) -> None:
        """Pass, or keep the token until everything else has come to rest."""
        if node.incoming > 1:
            run.open(JOIN, node, scope, place=flow.slot)
        else:
            run.note(node, scope)
            run.leave(node, scope)

    def ready(self, run: Run, node: Node, scope: int) -> bool:
        """Fire if no token can still come that is missing; say whether it did."""
        first = run.first_at(node, scope)
        filled = sum(1 << slot for slot in first)
        for token in run.tokens.values():
            if token.up != scope or token.kind == BOUNDARY or (token.kind == JOIN and token.node == node.index):
                continue  # a boundary event is counted with its host
            reaches = node.reaches.get(token.node, 0)
            if reaches & ~filled and not reaches & filled:
                return False
        for token in first.values():
            run.close(token)
        run.note(node, scope)
        run.leave(node, scope)
        return True
