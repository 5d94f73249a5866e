"""Every decision can be taken: by an officer between labelled outcomes, or by facts with a way for everything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from engine.domain.finding import Finding
from engine.notation import ExclusiveGateway, InclusiveGateway, ReceiveTask, SequenceFlow, Task
from sop_catalog.diagram.outcomes import outcome_of
from sop_catalog.rules.condition_can_be_met import can_be_tried
from sop_catalog.rules.view import BY_PERSONS, View, find

RULE: Final = "decision-decidable"


def check(view: View) -> Iterator[Finding]:
    """Look at every exclusive and inclusive gateway with more than one exit."""
    for gateway in view.nodes:
        exits = view.lookup.outgoing(gateway.id)
        if not isinstance(gateway, ExclusiveGateway | InclusiveGateway) or len(exits) < 2:  # noqa: PLR2004 - no choice
            continue
        if isinstance(gateway, ExclusiveGateway):
            yield from _decided(view, gateway, exits)
            yield from _asked(view, gateway, exits)
        yield from _complete(view, gateway, exits)


def _decided(view: View, gateway: ExclusiveGateway, exits: Sequence[SequenceFlow]) -> Iterator[Finding]:
    chosen = [(flow, value) for flow in exits if (value := outcome_of(flow)) is not None]
    if chosen and not _is_behind_a_person(view, gateway):
        message = "Expected a user or manual task directly before “{name}”, for its exits ask what an officer decided."
        lenient = _is_behind_a_task(view, gateway) or not view.is_sop
        yield find(RULE, gateway, message, severity="warning" if lenient else "error")
    for value, times in Counter(value for _, value in chosen).items():
        if times > 1:
            message = "Expected the exits of “{name}” to differ, but {times} of them are for “{value}”: give each an outcome of its own."
            yield find(RULE, gateway, message, times=times, value=value)


def _asked(view: View, gateway: ExclusiveGateway, exits: Sequence[SequenceFlow]) -> Iterator[Finding]:
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
    for flow in exits:
        if not flow.name:
            message = "Expected every exit of “{name}” to be labelled, but the one to “{target}” is not: label it."
            yield find(
                RULE, flow, message, severity=view.weight, name=gateway.name or gateway.id, target=_name(view, flow)
            )


def _complete(
    view: View, gateway: ExclusiveGateway | InclusiveGateway, exits: Sequence[SequenceFlow]
) -> Iterator[Finding]:
    """An officer chooses among the outcomes that there are; facts may be such that no condition is true.

    Where several ways may open, one that always does is enough, and where all answers can be tried, another rule does.
    """
    if gateway.default is not None or all(outcome_of(flow) is not None for flow in exits):
        return
    if isinstance(gateway, ExclusiveGateway) or not (any(map(_is_always, exits)) or can_be_tried(view, exits)):
        message = "Expected “{name}” to have a default exit, for when no condition is true."
        yield find(RULE, gateway, message, severity=view.weight)


def _is_always(flow: SequenceFlow) -> bool:
    return flow.condition is not None and flow.condition.text.strip() in {"true", "= true", "=true"}


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
