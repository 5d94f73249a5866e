"""Which nodes a token can run through within one step. It is no rule of its own."""

from __future__ import annotations

from engine import notation
from engine.machine.compiling import process_in
from engine.machine.profile.sight import Sight
from engine.machine.reach import edges_of
from engine.notation import CallActivity, Scope, SubProcess


def passes(sight: Sight, scope: Scope) -> set[str]:
    """The nodes of a scope at which a token need not rest.

    A list can be empty, so a multi-instance activity is one of them. A boundary event is one if what it catches could be
    thrown before anything inside has waited; to be safe, that is assumed of every activity that can be run through.
    """
    known: dict[str, bool] = {}
    return {node.id for node in scope.nodes if _passes(sight, node, known, (sight.process.id,))}


def _passes(sight: Sight, node: notation.FlowNode, known: dict[str, bool], above: tuple[str, ...]) -> bool:
    if isinstance(node, SubProcess | CallActivity) and node.loop is None:
        if node.id not in known:
            known[node.id] = _opens_and_ends(sight, node, known, above)
        return known[node.id]
    if isinstance(node, notation.Activity):
        return node.loop is not None
    return not isinstance(node, notation.EventBasedGateway) and not _waits(node)


def _waits(node: notation.FlowNode) -> bool:
    """Whether a token can only come out of an event because something happened outside."""
    waiting = isinstance(node, notation.BoundaryEvent | notation.IntermediateCatchEvent)
    kinds = (notation.TimerDefinition, notation.MessageDefinition)
    return waiting and any(isinstance(each, kinds) for each in getattr(node, "definitions", ()))


def _opens_and_ends(
    sight: Sight, node: SubProcess | CallActivity, known: dict[str, bool], above: tuple[str, ...]
) -> bool:
    if isinstance(node, SubProcess):
        return _runs_through(sight, node, known, above)
    called = process_in(sight.bundle, node.called or "")
    if called is None or called.id in above:
        return False  # told by other rules
    return _runs_through(sight, called, known, (*above, called.id))


def _runs_through(sight: Sight, scope: Scope, known: dict[str, bool], above: tuple[str, ...]) -> bool:
    """Whether a token can get from the start of a scope to an end without resting."""
    edges = edges_of(scope)
    nodes = {node.id: node for node in scope.nodes}
    waiting = [node.id for node in scope.nodes if isinstance(node, notation.StartEvent)]
    seen = set(waiting)
    while waiting:
        node = waiting.pop()
        targets = edges.get(node, [])
        if not targets:
            return True
        for target in targets:
            if target not in seen and _passes(sight, nodes[target], known, above):
                seen.add(target)
                waiting.append(target)
    return False
