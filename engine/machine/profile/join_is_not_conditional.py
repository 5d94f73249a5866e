"""A gateway that only merges asks no condition on its one way out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find
from engine.notation import ExclusiveGateway, InclusiveGateway

RULE: Final = "join-is-not-conditional"


def check(sight: Sight) -> Iterator[Finding]:
    """Find the single arrow out of a gateway with a condition: if it were false, the case would stand still."""
    for node in sight.nodes:
        ways = sight.lookup.outgoing(node.id)
        if isinstance(node, ExclusiveGateway | InclusiveGateway) and len(ways) == 1 and ways[0].condition:
            message = "Expected no condition on the only way out of “{source}”: draw the other way too."
            yield find(RULE, ways[0], message, source=node.id)
