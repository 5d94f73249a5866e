"""Where a case can come to from an element of a drawing, by its arrows alone: what a condition says is not asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.notation import Lookup, Process, StartEvent, SubProcess, nodes


def onward(process: Process, lookup: Lookup) -> Mapping[str, tuple[str, ...]]:
    """Tell of every node which come next: into a group and out of it again, and through the events on its border."""
    return {node.id: tuple(dict.fromkeys(_next(node.id, lookup))) for node, _ in nodes(process)}


def reached(begin: str, ways: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return the element and everything that a case can come to from it."""
    found = {begin}
    waiting = [begin]
    while waiting:
        for each in ways.get(waiting.pop(), ()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return frozenset(found)


def _next(element: str, lookup: Lookup) -> Iterator[str]:
    node = lookup.node(element)
    yield from (flow.target for flow in lookup.outgoing(element))
    yield from (event.id for event in lookup.boundary_events(element))
    if isinstance(node, SubProcess):
        yield from _begin(node, lookup)
    around = lookup.scope_of(element)
    if isinstance(around, SubProcess) and not lookup.outgoing(element):
        yield from (flow.target for flow in lookup.outgoing(around.id))
    if isinstance(around, SubProcess):
        yield from (event.id for event in lookup.boundary_events(around.id))


def _begin(group: SubProcess, lookup: Lookup) -> Iterator[str]:
    starts = [each.id for each in group.nodes if isinstance(each, StartEvent)]
    yield from starts or (each.id for each in group.nodes if not lookup.incoming(each.id))
