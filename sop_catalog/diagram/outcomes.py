"""What can be decided at the end of an activity: read off the exclusive gateway behind it, never stated twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.domain.release import Outcome
from engine.notation import (
    Activity,
    EndEvent,
    EventBasedGateway,
    ExclusiveGateway,
    Gateway,
    IntermediateThrowEvent,
    Lookup,
    SequenceFlow,
    SubProcess,
)

_ASKED = re.compile(r'\boutcome\s*!?=\s*"((?:[^"\\]|\\.)*)"')
"""Where a condition compares the outcome with a text."""
_CONDITION = re.compile(r'\s*=?\s*outcome\s*=\s*"((?:[^"\\]|\\.)*)"\s*')


def outcome_of(flow: SequenceFlow) -> str | None:
    """Return the value that an exit asks for (`outcome = "value"`), None where its condition is another one."""
    found = _CONDITION.fullmatch(flow.condition.text) if flow.condition else None
    return found[1] if found else None


def condition_of(value: str) -> str:
    """Return the FEEL text under which an exit is taken when an officer chose this value."""
    return f'outcome = "{value}"'


def gateway_after(activity: Activity, lookup: Lookup) -> ExclusiveGateway | None:
    """Return the exclusive gateway that decides what follows an activity, if exactly one way leads to it."""
    ways = lookup.outgoing(activity.id)
    node = lookup.node(ways[0].target) if len(ways) == 1 else None
    return node if isinstance(node, ExclusiveGateway) and len(lookup.outgoing(node.id)) > 1 else None


def outcomes_read(activity: Activity, lookup: Lookup) -> tuple[Outcome, ...]:
    """Return every outcome that the arrows right behind an activity tell apart, however its drawing asks for them.

    They may stand on the activity's own arrows, behind several gateways or the end of a sub-process, and beside
    conditions on facts. Where a way asks for no outcome, none need be chosen: that is an outcome without a value.
    """
    found: dict[str, str] = {}
    plain: list[str] = []
    waiting, seen = [activity.id], {activity.id}
    while waiting:
        ways = lookup.outgoing(waiting.pop(0))
        for flow in ways:
            values = _ASKED.findall(flow.condition.text) if flow.condition else []
            if flow.condition and outcome_of(flow) is not None:
                found.setdefault(values[0], flow.name or values[0])
            elif values:
                found |= {value: found.get(value, value) for value in values}
            if outcome_of(flow) is None and len(ways) > 1:
                plain.append(flow.name)
            for beyond in _beyond(flow.target, lookup):
                if beyond not in seen:
                    seen.add(beyond)
                    waiting.append(beyond)
    if not found:
        return ()
    free = (Outcome("", next(filter(None, plain), "")),) if plain else ()
    return (*(Outcome(value, label) for value, label in found.items()), *free)


def _beyond(element: str, lookup: Lookup) -> Iterator[str]:
    """Where a token that comes to an element goes on from without resting: there itself, or around its sub-process."""
    node = lookup.node(element)
    if isinstance(node, EndEvent):
        around = lookup.scope_of(element)
        if isinstance(around, SubProcess):
            yield around.id
    elif isinstance(node, Gateway | IntermediateThrowEvent) and not isinstance(node, EventBasedGateway):
        yield element


def outcomes_of(activity: Activity, lookup: Lookup) -> tuple[Outcome, ...]:
    """Return the exits that an officer chooses between, in the order drawn, labelled by the names of the flows."""
    gateway = gateway_after(activity, lookup)
    exits = lookup.outgoing(gateway.id) if gateway else ()
    return tuple(Outcome(value, flow.name or value) for flow in exits if (value := outcome_of(flow)) is not None)
