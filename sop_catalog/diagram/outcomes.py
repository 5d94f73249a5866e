"""What can be decided at the end of an activity: read off the exclusive gateway behind it, never stated twice."""

from __future__ import annotations

import re

from engine.domain.release import Outcome
from engine.notation import Activity, ExclusiveGateway, Lookup, SequenceFlow

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


def outcomes_of(activity: Activity, lookup: Lookup) -> tuple[Outcome, ...]:
    """Return the exits that an officer chooses between, in the order drawn, labelled by the names of the flows."""
    gateway = gateway_after(activity, lookup)
    exits = lookup.outgoing(gateway.id) if gateway else ()
    return tuple(Outcome(value, flow.name or value) for flow in exits if (value := outcome_of(flow)) is not None)
