"""A program whose facts and times are taken out of it: conditions ask an oracle, timers may fire whenever they like.

Everything else is the engine's own machine. What it can do with facts and times, it can do without them; not every way
that it goes without them can be gone with facts.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from engine.domain.limits import LIMITS
from engine.machine.behaviours.boundary_event import BoundaryEvent
from engine.machine.compiling import compile_bundle
from engine.machine.multi import COUNTERS, Multi
from engine.machine.program import Behaviour, Flow, Node, Program
from engine.machine.run import Run
from engine.machine.state import BOUNDARY, Token
from engine.process import Bundle, WaitKind
from sop_catalog.soundness.oracle import Asked, Counted, Oracle

MOST_AGAIN: Final = 2
"""What may come again and again beside an activity comes so often at most."""


def abstract(bundle: Bundle, oracle: Oracle) -> Program:
    """The program of a release without facts and times."""
    program = compile_bundle(bundle, LIMITS)
    changing = frozenset(node.multi.item for node in program.nodes if node.multi and node.multi.item)
    nodes = tuple(_node(node, oracle, changing) for node in program.nodes)
    limits = replace(program.limits, steps=min(program.limits.steps, 20 * len(nodes) + 100))
    return replace(program, nodes=nodes, joins=tuple(node for node in nodes if node.reaches), limits=limits)


def _node(node: Node, oracle: Oracle, changing: frozenset[str]) -> Node:
    outgoing = tuple(_flow(flow, oracle, changing) for flow in node.outgoing)
    multi = _multi(node.multi, oracle) if node.multi else None
    return replace(node, outgoing=outgoing, multi=multi, behaviour=_behaviour(node.behaviour))


def _flow(flow: Flow, oracle: Oracle, changing: frozenset[str]) -> Flow:
    return flow._replace(condition=Asked(flow.condition, oracle, changing=changing)) if flow.condition else flow


def _multi(multi: Multi, oracle: Oracle) -> Multi:
    enough = Asked(multi.enough, oracle, changing=multi.enough.names | COUNTERS) if multi.enough else None
    cardinality = Counted(None if multi.collection else multi.cardinality, oracle)
    return replace(multi, collection=None, item=None, cardinality=cardinality, enough=enough)


def _behaviour(behaviour: Behaviour) -> Behaviour:
    cycles = behaviour.timer is not None and behaviour.timer.kind == "cycle"
    by_message = isinstance(behaviour, BoundaryEvent) and behaviour.waits is WaitKind.MESSAGE
    if isinstance(behaviour, BoundaryEvent) and not behaviour.interrupting and (cycles or by_message):
        return _Again(behaviour)
    if behaviour.timer is not None and behaviour.start is None:
        changed: Any = behaviour
        return replace(changed, timer=_Whenever())  # type: ignore[no-any-return] # of the same class
    return behaviour


class _Sometime:
    """An instant that nobody knows."""

    def isoformat(self) -> str:
        """As it stands in a token: nothing."""
        return ""


class _Whenever:
    """A timer that may fire at any time."""

    kind = text = ""
    names: frozenset[str] = frozenset()

    def begin(self, facts: object, at: datetime) -> tuple[_Sometime, None]:  # noqa: ARG002 - it asks neither
        """Arm it, for once."""
        return _Sometime(), None


class _Again(BoundaryEvent):
    """A boundary event that does not interrupt and may come again: so often as we look at, then no more."""

    interrupting = False

    def __init__(self, drawn: BoundaryEvent) -> None:
        self.waits = drawn.waits  # type: ignore[misc] # one object stands for one node
        self.message = drawn.message

    def arm(self, run: Run, node: Node, scope: int, host: int) -> None:
        """Wait for the first time."""
        run.open(BOUNDARY, node, scope, place=host, more=(1,))

    def again(self, run: Run, node: Node, token: Token) -> None:
        """Wait for the next time, unless that was the last looked at."""
        if token.more[0] < MOST_AGAIN:
            run.open(BOUNDARY, node, token.up, place=token.place, more=(token.more[0] + 1,))
