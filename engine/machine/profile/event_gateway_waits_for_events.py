"""Behind an event-based gateway stand at least two things to wait for, reached from it alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import notation
from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find
from engine.notation import EventBasedGateway, FlowNode, IntermediateCatchEvent, ReceiveTask

RULE: Final = "event-gateway-waits-for-events"


def check(sight: Sight) -> Iterator[Finding]:
    """Find event-based gateways that could not wait."""
    for gateway in sight.of(EventBasedGateway):
        ways = sight.lookup.outgoing(gateway.id)
        if len(ways) < 2:  # noqa: PLR2004 - one event is no choice
            yield find(RULE, gateway, "Expected at least two events behind “{name}”.")
        for flow in ways:
            target = sight.lookup.node(flow.target)
            if target is None or not _waits(sight, target):
                message = (
                    "Expected a timer, a message event or a plain receive task behind “{name}”, but found “{target}”."
                )
                yield find(RULE, gateway, message, target=flow.target)
            elif len(sight.lookup.incoming(target.id)) > 1:
                yield find(RULE, target, "Expected “{name}” to be reached from its event-based gateway alone.")


def _waits(sight: Sight, node: FlowNode) -> bool:
    if isinstance(node, ReceiveTask):
        return node.loop is None and not sight.lookup.boundary_events(node.id)
    kinds = (notation.TimerDefinition, notation.MessageDefinition)
    return isinstance(node, IntermediateCatchEvent) and all(isinstance(each, kinds) for each in node.definitions)
