"""A condition is asked on arrows out of activities, exclusive and inclusive gateways, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find
from engine.notation import Activity, ExclusiveGateway, InclusiveGateway

RULE: Final = "condition-where-none-is-asked"


def check(sight: Sight) -> Iterator[Finding]:
    """Find conditions that would never be asked."""
    for scope in sight.scopes:
        for flow in scope.flows:
            source = sight.lookup.node(flow.source)
            if flow.condition and not isinstance(source, Activity | ExclusiveGateway | InclusiveGateway):
                message = "Expected no condition on an arrow out of “{source}”: put an exclusive gateway after it."
                yield find(RULE, flow, message, source=flow.source)
