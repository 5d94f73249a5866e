"""Every decision can be taken: by an officer between labelled outcomes, or by facts with a way for everything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.notation import ExclusiveGateway, ReceiveTask, SequenceFlow, Task
from sop_catalog.diagram.outcomes import outcome_of
from sop_catalog.rules.view import BY_PERSONS, View, find

RULE: Final = "decision-decidable"


def check(view: View) -> Iterator[Finding]:
    """Look at every exclusive gateway with more than one exit."""
    for gateway in view.of(ExclusiveGateway):
        exits = view.lookup.outgoing(gateway.id)
        if len(exits) > 1:
            yield from _look(view, gateway, exits)


def _look(view: View, gateway: ExclusiveGateway, exits: tuple[SequenceFlow, ...]) -> Iterator[Finding]:
    chosen = [(flow, value) for flow in exits if (value := outcome_of(flow)) is not None]
    if chosen and not _is_behind_a_person(view, gateway):
        message = "Expected a user or manual task directly before “{name}”, for its exits ask what an officer decided."
        lenient = _is_behind_a_task(view, gateway) or not view.is_sop
        yield find(RULE, gateway, message, severity="warning" if lenient else "error")
    for value, times in Counter(value for _, value in chosen).items():
        if times > 1:
            message = "Expected the exits of “{name}” to differ, but {times} of them are for “{value}”."
            yield find(RULE, gateway, message, times=times, value=value)
    if not gateway.name.strip():
        message = "Expected the decision {id} to ask a question (its name), for people see its exits as the answers."
        yield find(RULE, gateway, message, severity=view.weight)
    for label, times in Counter(each.name.strip().casefold() for each in exits if each.name.strip()).items():
        if times > 1:
            message = (
                "Expected the exits of “{name}” to be told apart, but {times} of them are labelled “{label}”: "
                "give each a label of its own."
            )
            yield find(RULE, gateway, message, severity=view.weight, times=times, label=label)
    others = len(exits) - len(chosen)
    if others and gateway.default is None:
        message = "Expected “{name}” to have a default exit, for when no condition is true."
        yield find(RULE, gateway, message, severity=view.weight)
    for flow in exits:
        if not flow.name:
            message = "Expected every exit of “{name}” to be labelled, but the one to “{target}” is not."
            yield find(
                RULE, flow, message, severity=view.weight, name=gateway.name or gateway.id, target=_name(view, flow)
            )


def _is_behind_a_person(view: View, gateway: ExclusiveGateway) -> bool:
    before = [view.lookup.node(flow.source) for flow in view.lookup.incoming(gateway.id)]
    kinds = {type(node).__name__ for node in before if node is not None}
    return bool(kinds) and {kind[0].lower() + kind[1:] for kind in kinds} <= BY_PERSONS


def _is_behind_a_task(view: View, gateway: ExclusiveGateway) -> bool:
    """Whether something else than a person could tell an outcome: another program that answers for the task."""
    before = [view.lookup.node(flow.source) for flow in view.lookup.incoming(gateway.id)]
    return bool(before) and all(isinstance(node, Task) and not isinstance(node, ReceiveTask) for node in before)


def _name(view: View, flow: SequenceFlow) -> str:
    target = view.lookup.node(flow.target)
    return (target.name if target else "") or flow.target
