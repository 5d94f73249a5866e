"""What the machine has no behaviour for is refused by name, with what to draw instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from engine import notation
from engine.domain.finding import Finding
from engine.machine.behaviours import BEHAVIOURS, kind_of
from engine.machine.profile.sight import Sight, find

RULE: Final = "element-outside-profile"

ADVICE: Final[Mapping[type[notation.Element], str]] = {
    notation.Task: "say who does it: a user, manual, service, send or receive task",
    notation.ScriptTask: "no code is ever run from a drawing; draw a service task",
    notation.BusinessRuleTask: "draw the decision as an exclusive gateway with conditions",
    notation.ComplexGateway: "draw it with exclusive, parallel and inclusive gateways",
    notation.SignalDefinition: "draw a message, which reaches one case and not all of them",
    notation.CompensateDefinition: "draw what has to be done to take a step back",
    notation.CancelDefinition: "draw an error end event and an error boundary event",
    notation.ConditionalDefinition: "draw an event-based gateway or a timer, and a condition after it",
    notation.TerminateDefinition: "only end events terminate",
    notation.EscalationDefinition: "throw it, or catch it on the boundary of a sub-process or call activity",
    notation.ErrorDefinition: "throw it in an end event, and catch it on the boundary of an activity",
    notation.LinkDefinition: "links are intermediate events, one throwing and one catching",
}


def check(sight: Sight) -> Iterator[Finding]:
    """Find elements that are not in the table of behaviours."""
    for node in sight.nodes:
        drawn, definition = kind_of(node)
        if (drawn, definition) in BEHAVIOURS:
            continue
        advice = ADVICE.get(definition or drawn, "see docs/bpmn.md for what can be drawn")
        message = "Expected an element of the house profile, but “{name}” is a {what}: {advice}."
        yield find(RULE, node, message, what=_what(node), advice=advice)


def _what(node: notation.FlowNode) -> str:
    if isinstance(node, notation.UnknownNode):
        return node.xml.local
    if isinstance(node, notation.Event) and node.definitions:
        definition = node.definitions[0]
        own = definition.xml.local if isinstance(definition, notation.UnknownDefinition) else type(definition).__name__
        return f"{type(node).__name__} with {own}"
    return type(node).__name__
