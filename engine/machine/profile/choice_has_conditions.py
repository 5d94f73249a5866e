"""Every way out of a gateway that chooses has a condition, but for the default."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find
from engine.notation import ExclusiveGateway, InclusiveGateway

RULE: Final = "choice-has-conditions"


def check(sight: Sight) -> Iterator[Finding]:
    """Find arrows out of a choice that do not say when they are taken."""
    for node in sight.nodes:
        ways = sight.lookup.outgoing(node.id)
        if not isinstance(node, ExclusiveGateway | InclusiveGateway) or len(ways) < 2:  # noqa: PLR2004 - one way is no choice
            continue
        for flow in ways:
            if not flow.condition and flow.id != node.default:
                message = (
                    'Expected a condition on “{name}” out of “{source}” (such as outcome = "yes"), or the default mark.'
                )
                yield find(RULE, flow, message, source=node.id)
