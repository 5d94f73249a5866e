"""Every node can be reached from a start event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import notation
from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find
from engine.machine.reach import reachable

RULE: Final = "reachable-nodes"


def check(sight: Sight) -> Iterator[Finding]:
    """Find nodes to which nothing leads."""
    for scope in sight.scopes:
        starts = [node.id for node in scope.nodes if isinstance(node, notation.StartEvent)]
        if not starts:
            continue
        found = reachable(sight.edges[scope.id], starts)
        for node in scope.nodes:
            if node.id not in found:
                yield find(RULE, node, "Expected an arrow to lead to “{name}”, but nothing reaches it.")
