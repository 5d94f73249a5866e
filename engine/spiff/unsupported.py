"""What SpiffWorkflow, as it is used here, does not run of a drawing; each with rule, element and line.

It is not the house profile: that is the machine's, and narrower. A drawing has to pass both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from engine import feel, notation
from engine.domain.finding import Finding
from engine.domain.limits import Limits
from engine.notation import (
    Activity,
    BoundaryEvent,
    CallActivity,
    Definitions,
    Element,
    EndEvent,
    ErrorDefinition,
    EscalationDefinition,
    Event,
    EventBasedGateway,
    EventDefinition,
    FlowNode,
    IntermediateCatchEvent,
    IntermediateThrowEvent,
    LinkDefinition,
    Lookup,
    MessageDefinition,
    ParallelGateway,
    Process,
    ReceiveTask,
    Scope,
    StandardLoop,
    StartEvent,
    SubProcess,
    TerminateDefinition,
    TimerDefinition,
)
from engine.process import Bundle
from engine.spiff.rewriting import RUNS, none_starts, reached, rewrite
from engine.timing import Unreadable

NODES: Final = 300
"""Of one process or sub-process: SpiffWorkflow's parser calls itself for every arrow."""
_LISTENS: Final[Mapping[type[Event], tuple[type[EventDefinition], ...]]] = {
    StartEvent: (MessageDefinition, TimerDefinition),
    EndEvent: (TerminateDefinition, ErrorDefinition, EscalationDefinition, MessageDefinition),
    IntermediateThrowEvent: (MessageDefinition, EscalationDefinition, LinkDefinition),
    IntermediateCatchEvent: (MessageDefinition, TimerDefinition, LinkDefinition),
    BoundaryEvent: (MessageDefinition, TimerDefinition, ErrorDefinition, EscalationDefinition),
}


class Part:
    """One process of a bundle, as a rule sees it."""

    def __init__(self, bundle: Bundle, process: Process, limits: Limits) -> None:
        self.bundle = bundle
        self.process = process
        self.limits = limits
        self.drawing: Definitions = bundle.drawings[process.id]
        self.lookup = Lookup(self.drawing)
        self.is_outermost = process.id == bundle.code

    @property
    def nodes(self) -> Iterator[FlowNode]:
        """All nodes, however deep."""
        return (node for node, _ in notation.nodes(self.process))

    @property
    def scopes(self) -> Iterator[Scope]:
        """The process and its sub-processes."""
        yield self.process
        yield from (node for node in self.nodes if isinstance(node, SubProcess))


Rule: TypeAlias = Callable[[Part], Iterable[Finding]]


def unsupported(bundle: Bundle, limits: Limits) -> tuple[Finding, ...]:
    """Everything that SpiffWorkflow would refuse, ignore or do wrong. Empty if it runs the bundle."""
    parts = [Part(bundle, process, limits) for process in reached(bundle)]
    if not parts or not parts[0].is_outermost:
        message = "Expected the process {code} in the drawing, but it is not there."
        return (Finding("no-process", message, facts={"code": bundle.code}),)
    torn = [each for part in parts for each in notation.check(part.drawing, limits=limits) if each.severity == "error"]
    findings = torn or [finding for part in parts for rule in RULES for finding in rule(part)]
    if not findings:
        findings = list(_cannot_be_written(bundle))
    return tuple(findings)


def _elements(part: Part) -> Iterator[Finding]:
    for node in part.nodes:
        if type(node) not in RUNS:
            what = node.xml.local if isinstance(node, notation.UnknownNode) else type(node).__name__
            yield _found("element", node, "Expected what SpiffWorkflow runs here, but “{name}” is a {what}.", what=what)


def _events(part: Part) -> Iterator[Finding]:
    for node in part.nodes:
        if not isinstance(node, Event) or type(node) not in RUNS:
            continue
        if len(node.definitions) > 1:
            yield _found("several", node, "Expected “{name}” to wait for or tell one thing.")
        for definition in node.definitions:
            if not isinstance(definition, _LISTENS[type(node)]):
                what = type(definition).__name__
                message = "Expected what SpiffWorkflow runs here, but “{name}” is a {kind} with {what}."
                yield _found("event", node, message, what=what, kind=type(node).__name__)
        if isinstance(node, BoundaryEvent | IntermediateCatchEvent) and not node.definitions:
            yield _found("event", node, "Expected “{name}” to wait for something.")


def _activities(part: Part) -> Iterator[Finding]:
    for node in part.nodes:
        if not isinstance(node, Activity):
            continue
        if isinstance(node.loop, StandardLoop):
            yield _found("loop", node, "Expected the loop of “{name}” as arrows.")
        if node.is_for_compensation:
            yield _found("compensation", node, "Expected “{name}” on the flow, but it is there for compensation.")
        if isinstance(node, ReceiveTask) and node.instantiate:
            yield _found("instantiate", node, "Expected a start event: “{name}” begins cases itself.")
        if isinstance(node, SubProcess) and (node.triggered_by_event or node.kind != "embedded"):
            yield _found("sub-process", node, "Expected “{name}” to be a plain sub-process.")


def _starts(part: Part) -> Iterator[Finding]:
    for scope in part.scopes:
        if scope is part.process and part.is_outermost:
            if not any(isinstance(node, StartEvent) for node in scope.nodes):
                yield _found("start", scope, "Expected “{name}” to have a start event.")
        elif len(none_starts(scope)) != 1:
            message = "Expected “{name}” to have one start event without a trigger, but it has {count}."
            yield _found("start", scope, message, count=len(none_starts(scope)))


def _sizes(part: Part) -> Iterator[Finding]:
    for scope in part.scopes:
        if len(scope.nodes) > NODES:
            message = "Expected at most {limit} elements in “{name}”, but it has {count}."
            yield _found("size", scope, message, limit=NODES, count=len(scope.nodes))


def _event_gateways(part: Part) -> Iterator[Finding]:
    for node in part.nodes:
        if not isinstance(node, EventBasedGateway):
            continue
        if node.instantiate or node.kind == "parallel":
            yield _found("instantiate", node, "Expected a start event: “{name}” begins cases itself.")
        for flow in part.lookup.outgoing(node.id):
            target = part.lookup.node(flow.target)
            if (
                not isinstance(target, IntermediateCatchEvent | ReceiveTask)
                or len(part.lookup.incoming(flow.target)) > 1
            ):
                yield _found("event-gateway", flow, "Expected an event of its own behind the gateway.")
            elif isinstance(target, ReceiveTask) and (target.loop or part.lookup.boundary_events(target.id)):
                message = "Expected “{name}” behind an event-based gateway to have no loop and no boundary events."
                yield _found("event-gateway", target, message)


def _calls(part: Part) -> Iterator[Finding]:
    for node in part.nodes:
        if not isinstance(node, CallActivity):
            continue
        drawing = part.bundle.drawings.get(node.called or "")
        if drawing is None or drawing.process(node.called or "") is None:
            yield _found("call", node, "Expected “{name}” to call a process that is there.")
    if part.is_outermost and _depth(part.bundle, part.limits.call_depth) > part.limits.call_depth:
        message = "Expected at most {limit} calls within calls."
        yield _found("call-depth", part.process, message, limit=part.limits.call_depth)


def _depth(bundle: Bundle, most: int) -> int:
    """How many calls deep a bundle goes; one more than `most` where it goes on for ever."""
    level, depth = {bundle.code}, 0
    while level and depth <= most:
        processes = [bundle.drawings[code].process(code) for code in level if code in bundle.drawings]
        inside = [node for process in processes if process for node, _ in notation.nodes(process)]
        level = {node.called for node in inside if isinstance(node, CallActivity) and node.called}
        depth += 1
    return depth if level else depth - 1


def _dead_arrows(part: Part) -> Iterator[Finding]:
    """SpiffWorkflow never sees what its start event does not lead to, so a join would not wait for it."""
    for scope in part.scopes:
        for start in [node for node in scope.nodes if isinstance(node, StartEvent)]:
            seen = _reached_from(scope, start)
            for flow in scope.flows:
                joins = isinstance(part.lookup.node(flow.target), ParallelGateway) and flow.target in seen
                if joins and flow.source not in seen:
                    message = "Expected every arrow into a join to be reached from “{start}”."
                    yield _found("dead-arrow", flow, message, start=start.id)


def _reached_from(scope: Scope, start: StartEvent) -> set[str]:
    following: dict[str, list[str]] = {}
    for flow in scope.flows:
        following.setdefault(flow.source, []).append(flow.target)
    catches = {
        name: node.id for node in scope.nodes if isinstance(node, IntermediateCatchEvent) for name in _links(node)
    }
    for node in scope.nodes:
        if isinstance(node, BoundaryEvent):
            following.setdefault(node.attached_to, []).append(node.id)
        if isinstance(node, IntermediateThrowEvent):
            following.setdefault(node.id, []).extend(catches[name] for name in _links(node) if name in catches)
    seen, waiting = {start.id}, [start.id]
    while waiting:
        for target in following.get(waiting.pop(), ()):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def _links(node: Event) -> list[str]:
    return [each.name for each in node.definitions if isinstance(each, LinkDefinition)]


def _link_pairs(part: Part) -> Iterator[Finding]:
    for scope in part.scopes:
        caught = [name for node in scope.nodes if isinstance(node, IntermediateCatchEvent) for name in _links(node)]
        for node in scope.nodes:
            if isinstance(node, IntermediateThrowEvent) and any(caught.count(name) != 1 for name in _links(node)):
                yield _found("link", node, "Expected one link event of the same name that “{name}” leads to.")


def _cannot_be_written(bundle: Bundle) -> Iterator[Finding]:
    """What the rules above do not foresee, foremost expressions and times that cannot be read."""
    try:
        rewrite(bundle)
    except (feel.FeelSyntaxError, Unreadable, KeyError, ValueError) as wrong:
        message = "Expected a drawing whose expressions, times and references can be read, but: {reason}"
        yield Finding("spiff-unsupported-text", message, facts={"reason": str(wrong)[:200]})


def _found(rule: str, element: Element, message: str, **facts: object) -> Finding:
    told = {"id": element.id, "name": element.name or element.id, **facts}
    return Finding(f"spiff-unsupported-{rule}", message, "error", element.id or None, element.line or None, told)


RULES: Final[tuple[Rule, ...]] = (
    _elements,
    _events,
    _activities,
    _starts,
    _sizes,
    _event_gateways,
    _calls,
    _dead_arrows,
    _link_pairs,
)

LIMITATIONS: Final[Mapping[str, str]] = {
    "spiff-unsupported-element": "an element that this room has no task spec for, such as a script task or a complex gateway",
    "spiff-unsupported-event": "an event with a definition that this room has none for, such as a signal",
    "spiff-unsupported-several": "an event that waits for several things at once",
    "spiff-unsupported-loop": "a standard loop; arrows say the same",
    "spiff-unsupported-compensation": "compensation, which 3.2.0 ignores in silence",
    "spiff-unsupported-instantiate": "a receive task or event-based gateway that begins cases",
    "spiff-unsupported-sub-process": "event, ad-hoc and transaction sub-processes",
    "spiff-unsupported-start": "a sub-process or called process without exactly one plain start event",
    "spiff-unsupported-size": f"more than {NODES} elements in one process or sub-process: the parser calls itself for every arrow",
    "spiff-unsupported-event-gateway": "what is no event of its own behind an event-based gateway, or a receive task there with events at its edge",
    "spiff-unsupported-call": "a call of a process that is not in the release",
    "spiff-unsupported-call-depth": "calls that go round or too deep",
    "spiff-unsupported-dead-arrow": "an arrow into a join that the chosen start event does not lead to; 3.2.0 would not wait for it",
    "spiff-unsupported-link": "a link event without its other end",
    "spiff-unsupported-text": "an expression or time that cannot be read",
    "spiff-unsupported-parse": "what the library's own parser refuses, or takes too long for",
}
"""The closed list of what SpiffWorkflow does not run here, by rule; `docs/spiffworkflow.md` shows it."""
