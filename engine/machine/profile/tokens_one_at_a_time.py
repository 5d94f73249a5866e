"""What would make tokens appear or vanish otherwise than one by one is not run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import notation
from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find

RULE: Final = "tokens-one-at-a-time"


def check(sight: Sight) -> Iterator[Finding]:
    """Find standard loops, compensation activities, quantities, and what would begin a case without a start event."""
    for node in sight.nodes:
        for message in _wrong(node):
            yield find(RULE, node, message)


def _wrong(node: notation.FlowNode) -> Iterator[str]:
    match node:
        case notation.Activity():
            yield from _wrong_activity(node)
        case notation.EventBasedGateway(instantiate=True) | notation.EventBasedGateway(kind="parallel"):
            yield "Expected a start event: the event-based gateway “{name}” begins cases itself."
        case notation.Event() if node.foreign_attribute("parallelMultiple") == "true":
            yield "Expected the event “{name}” to wait for one thing."
        case _:
            pass


def _wrong_activity(node: notation.Activity) -> Iterator[str]:
    if isinstance(node.loop, notation.StandardLoop):
        yield "Expected the loop of “{name}” as arrows: draw a gateway and an arrow back."
    if node.is_for_compensation:
        yield "Expected “{name}” on the flow, but it is there for compensation."
    if any(node.foreign_attribute(each, "1") != "1" for each in ("startQuantity", "completionQuantity")):
        yield "Expected “{name}” to take in and give out one token at a time."
    if isinstance(node, notation.ReceiveTask) and node.instantiate:
        yield "Expected a message start event: the receive task “{name}” begins cases itself."
