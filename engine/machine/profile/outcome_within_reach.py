"""An outcome is known until the case next comes to rest, so a condition that reads it stands right behind its task."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import feel, notation
from engine.domain.finding import Finding
from engine.expression import text_of
from engine.machine.profile.sight import Sight, find
from engine.notation import FlowNode, InclusiveGateway, ParallelGateway

RULE: Final = "outcome-within-reach"


def check(sight: Sight) -> Iterator[Finding]:
    """Find conditions that ask for an outcome where no task could have given one."""
    for scope in sight.scopes:
        for node in scope.nodes:
            if any(_asks(flow) for flow in sight.lookup.outgoing(node.id)) and not _is_told(sight, node):
                message = (
                    "“{name}” asks for the outcome, but on a way to it the case comes to rest without one: "
                    "put it right behind the task, or let the form write a fact."
                )
                yield find(RULE, node, message, severity="warning")


def _asks(flow: notation.SequenceFlow) -> bool:
    if flow.condition is None:
        return False
    try:
        return "outcome" in feel.parse(text_of(flow.condition)).names
    except feel.FeelSyntaxError:
        return False  # told by another rule


def _is_told(sight: Sight, node: FlowNode) -> bool:
    """Whether every way back from a node meets a task before it meets a place where the case came to rest otherwise."""
    waiting, seen = [node], {node.id}
    while waiting:
        each = waiting.pop()
        if isinstance(each, notation.Activity):
            if isinstance(each, notation.ReceiveTask) and each is not node:
                return False
            continue
        if _forgets(sight, each):
            return False
        sources = (sight.lookup.node(flow.source) for flow in sight.lookup.incoming(each.id))
        fresh = [source for source in sources if source and source.id not in seen]
        seen |= {source.id for source in fresh}
        waiting += fresh
    return True


def _forgets(sight: Sight, node: FlowNode) -> bool:
    """Whether a step can begin or come to rest at a node that is no activity."""
    if isinstance(node, ParallelGateway | InclusiveGateway):
        return len(sight.lookup.incoming(node.id)) > 1
    passes = isinstance(node, notation.IntermediateThrowEvent | notation.Gateway) or _is_link(node)
    return not passes or isinstance(node, notation.EventBasedGateway)


def _is_link(node: FlowNode) -> bool:
    return any(isinstance(each, notation.LinkDefinition) for each in getattr(node, "definitions", ()))
