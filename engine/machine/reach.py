"""Which node leads to which within one scope, and what an inclusive join can still hope for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from engine import notation
from engine.notation import BoundaryEvent, InclusiveGateway, LinkDefinition, Scope

Edges = Mapping[str, list[str]]


def edges_of(scope: Scope) -> Edges:
    """Every step that a token can take within a scope: arrows, links, and from an activity to its boundary events."""
    edges: defaultdict[str, list[str]] = defaultdict(list)
    for flow in scope.flows:
        edges[flow.source].append(flow.target)
    catches = {name: node.id for node in scope.nodes for name in _links(node, notation.IntermediateCatchEvent)}
    for node in scope.nodes:
        if isinstance(node, BoundaryEvent):
            edges[node.attached_to].append(node.id)
        for name in _links(node, notation.IntermediateThrowEvent):
            if name in catches:
                edges[node.id].append(catches[name])
    return edges


def reachable(edges: Edges, begin: list[str], *, but: str | None = None) -> set[str]:
    """All that can be reached from some nodes, themselves included, without passing one node."""
    found = {node for node in begin if node != but}
    waiting = list(found)
    while waiting:
        for target in edges.get(waiting.pop(), ()):
            if target != but and target not in found:
                found.add(target)
                waiting.append(target)
    return found


def reaches(scope: Scope, edges: Edges, numbers: Mapping[str, int]) -> dict[str, dict[int, int]]:
    """Inclusive join → node → the incoming arrows that a token at the node can still come along, as bits."""
    incoming: defaultdict[str, list[str]] = defaultdict(list)
    for flow in scope.flows:
        incoming[flow.target].append(flow.source)
    backwards: defaultdict[str, list[str]] = defaultdict(list)
    for source, targets in edges.items():
        for target in targets:
            backwards[target].append(source)
    joins = [node.id for node in scope.nodes if isinstance(node, InclusiveGateway) and len(incoming[node.id]) > 1]
    return {join: _bits(join, incoming[join], backwards, numbers) for join in joins}


def _bits(join: str, sources: list[str], backwards: Edges, numbers: Mapping[str, int]) -> dict[int, int]:
    bits: defaultdict[int, int] = defaultdict(int)
    for slot, source in enumerate(sources):
        for node in reachable(backwards, [source], but=join):
            bits[numbers[node]] |= 1 << slot
    return dict(bits)


def _links(node: notation.FlowNode, kind: type[notation.Event]) -> list[str]:
    if not isinstance(node, kind):
        return []
    return [each.name for each in node.definitions if isinstance(each, LinkDefinition)]
