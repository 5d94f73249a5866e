"""Every way round in a circle comes to rest somewhere: a task or an event that waits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.machine.profile.passing import passes
from engine.machine.profile.sight import Sight, find

RULE: Final = "rest-in-every-loop"


def check(sight: Sight) -> Iterator[Finding]:
    """Find circles that a token could run round without end."""
    for scope in sight.scopes:
        through = passes(sight, scope)
        edges = {
            node: [each for each in targets if each in through]
            for node, targets in sight.edges[scope.id].items()
            if node in through
        }
        circle = _circle(edges)
        if circle:
            node = sight.lookup.node(circle[0]) or scope
            message = "Expected every way round to wait somewhere, but this one does not: {way}."
            yield find(RULE, node, message, way=" → ".join((*circle, circle[0])))


def _circle(edges: dict[str, list[str]]) -> list[str]:
    """One circle, as the nodes on it; nothing if there is none."""
    done: set[str] = set()
    for begin, onwards in edges.items():
        way: dict[str, int] = {}
        stack = [(begin, iter(onwards))] if begin not in done else []
        while stack:
            node, targets = stack[-1]
            way.setdefault(node, len(way))
            target = next(targets, None)
            if target is None:
                stack.pop()
                done.add(node)
                del way[node]
            elif target in way:
                return list(way)[way[target] :]
            elif target not in done:
                stack.append((target, iter(edges.get(target, ()))))
    return []
