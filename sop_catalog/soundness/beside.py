"""What lies beside the way: the nodes that only events beside an activity lead to, those that do not interrupt it.

An office can be reminded of a step as often as the step is begun again. That is no fault of a diagram, so such an event
is taken to come again only when all that it began the last time is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.machine.behaviours.boundary_event import BoundaryEvent
from engine.machine.behaviours.link_throw_event import LinkThrowEvent
from engine.machine.program import Node, Program
from engine.machine.state import BOUNDARY, Token


class Beside:
    """The nodes beside the way of one program, by the event that leads to them."""

    def __init__(self, program: Program) -> None:
        self._onward = {node.index: _onward(node) for node in program.nodes}
        events = [node for node in program.nodes if _is_beside(node)]
        hosts = {index: node for node in program.nodes for index in node.boundaries}
        starts = [*program.start_nodes.values(), *(body.start for body in program.bodies if body.start >= 0)]
        main = self._reached(
            starts,
            {**self._onward, **{hosts[each.index].index: self._interrupts(program, each, hosts) for each in events}},
        )
        self._of = {each.index: frozenset(self._reached([each.index], self._onward) - main) for each in events}

    def is_open(self, tokens: Iterable[Token], event: Token) -> bool:
        """Whether something is still open that an event beside an activity began before."""
        own = self._of.get(event.node, frozenset())
        return any(each.up == event.up and each.kind != BOUNDARY and each.node in own for each in tokens)

    def _interrupts(self, program: Program, event: Node, hosts: Mapping[int, Node]) -> tuple[int, ...]:
        """Where a host leads without the events beside it."""
        host = hosts[event.index]
        left_out = {index for index in host.boundaries if _is_beside(program.nodes[index])}
        return tuple(each for each in self._onward[host.index] if each not in left_out)

    @staticmethod
    def _reached(begin: Iterable[int], onward: Mapping[int, tuple[int, ...]]) -> set[int]:
        found = set(begin)
        waiting = list(found)
        while waiting:
            for each in onward[waiting.pop()]:
                if each not in found:
                    found.add(each)
                    waiting.append(each)
        return found


def _is_beside(node: Node) -> bool:
    return isinstance(node.behaviour, BoundaryEvent) and not node.behaviour.interrupting


def _onward(node: Node) -> tuple[int, ...]:
    linked = (node.behaviour.target,) if isinstance(node.behaviour, LinkThrowEvent) else ()
    return (*(flow.target for flow in node.outgoing), *node.boundaries, *linked)
