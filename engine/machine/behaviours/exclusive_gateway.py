"""The exclusive gateway: one way out, the first whose condition is true, else the default. As a merge it only passes."""

from __future__ import annotations

from engine import notation
from engine.machine.program import Behaviour, Node
from engine.machine.run import Run
from engine.process import NoWayOut


class ExclusiveGateway(Behaviour):
    draws = (notation.ExclusiveGateway, None)

    def enter(self, run: Run, node: Node, scope: int) -> None:
        """Choose. Raises NoWayOut."""
        run.note(node, scope)
        if not node.outgoing:
            run.consume(node, scope)
            return
        facts = run.facts_in(scope)
        ways = (way for way in node.outgoing if not way.default)
        default = (way for way in node.outgoing if way.default)
        taken = next((way for way in ways if way.condition is None or way.condition.holds(facts, run.at)), None)
        taken = taken or next(default, None)
        if taken is None:
            raise NoWayOut(element=node.id)
        run.follow(taken, scope)
