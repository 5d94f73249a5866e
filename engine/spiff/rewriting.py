"""A bundle as text that SpiffWorkflow parses: written anew from the typed elements, never the text that was uploaded.

Every name in it is ours (`n7`, `c3`), so no id can meet one that SpiffWorkflow makes up; conditions and times are keys,
so no text of a drawing reaches it; and what it would ignore in silence is drawn out: links become arrows, several or
conditional arrows out of an activity become a gateway, a path that just stops gets its end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from lxml import etree

from engine.expression import Condition, text_of
from engine.notation import (
    BPMN,
    Activity,
    BoundaryEvent,
    CallActivity,
    Definitions,
    EndEvent,
    ErrorDefinition,
    EscalationDefinition,
    Event,
    EventBasedGateway,
    EventDefinition,
    ExclusiveGateway,
    FlowNode,
    InclusiveGateway,
    IntermediateCatchEvent,
    IntermediateThrowEvent,
    LinkDefinition,
    ManualTask,
    MessageDefinition,
    MultiInstance,
    ParallelGateway,
    Process,
    ReceiveTask,
    Scope,
    SendTask,
    SequenceFlow,
    ServiceTask,
    StartEvent,
    SubProcess,
    TerminateDefinition,
    TimerDefinition,
    UserTask,
    nodes,
)
from engine.process import Bundle, Start, StartKind
from engine.spiff.plan import ALWAYS, COUNTERS, OUTCOME, SIGN, Instances, Plan, Role, Sign, Site
from engine.timing import read_timer

_TAGS: Final[Mapping[type[FlowNode], str]] = {
    UserTask: "userTask",
    ManualTask: "manualTask",
    ServiceTask: "serviceTask",
    SendTask: "sendTask",
    ReceiveTask: "receiveTask",
    CallActivity: "callActivity",
    SubProcess: "subProcess",
    ExclusiveGateway: "exclusiveGateway",
    ParallelGateway: "parallelGateway",
    InclusiveGateway: "inclusiveGateway",
    EventBasedGateway: "eventBasedGateway",
    StartEvent: "startEvent",
    EndEvent: "endEvent",
    IntermediateCatchEvent: "intermediateCatchEvent",
    IntermediateThrowEvent: "intermediateThrowEvent",
    BoundaryEvent: "boundaryEvent",
}
RUNS: Final = tuple(_TAGS)
"""The kinds of node that this room runs."""


def rewrite(bundle: Bundle) -> Plan:
    """Write a bundle anew. What it does not run must have been refused before."""
    processes = tuple(reached(bundle))
    plan = Plan(bundle.code)
    names = _Names(processes)
    plan.starts = starts_of(processes[0], bundle.drawings[bundle.code])
    for start in plan.starts:
        plan.texts[start.element] = _Writing(plan, names, bundle, processes, start.element).text()
    return plan


def reached(bundle: Bundle) -> Iterable[Process]:
    """The process that is run and all that it calls, however far down, each once."""
    waiting, seen = [bundle.code], set()
    while waiting:
        code = waiting.pop(0)
        if code in seen:
            continue
        seen.add(code)
        drawing = bundle.drawings.get(code)
        process = drawing.process(code) if drawing else None
        if process is not None:
            yield process
            waiting.extend(node.called for node, _ in nodes(process) if isinstance(node, CallActivity) and node.called)


def starts_of(process: Process, drawing: Definitions) -> tuple[Start, ...]:
    """The ways in which a case of this process can begin, in the order drawn."""
    return tuple(_start(node, drawing) for node in process.nodes if isinstance(node, StartEvent))


def none_starts(scope: Scope) -> list[StartEvent]:
    """The start events without a definition."""
    return [node for node in scope.nodes if isinstance(node, StartEvent) and not node.definitions]


def _start(node: StartEvent, drawing: Definitions) -> Start:
    for definition in node.definitions:
        if isinstance(definition, MessageDefinition):
            return Start(node.id, StartKind.MESSAGE, message=_message(drawing, definition.message))
        if isinstance(definition, TimerDefinition):
            return Start(node.id, StartKind.TIMER, timer=(definition.kind or "", definition.text.strip()))
    return Start(node.id, StartKind.NONE)


def _message(drawing: Definitions, reference: str | None) -> str | None:
    return next((each.name for each in drawing.messages if each.id == reference), None)


class _Names:
    """Our name for each process, node and arrow of a bundle; the same in each of its texts."""

    def __init__(self, processes: tuple[Process, ...]) -> None:
        self.processes = {process.id: f"p{index}" for index, process in enumerate(processes)}
        drawn = [(process.id, node.id) for process in processes for node, _ in nodes(process)]
        self.nodes = {place: f"n{index}" for index, place in enumerate(drawn)}


class _Writing:
    """One text: all processes of a bundle, the outermost beginning at one start event."""

    def __init__(self, plan: Plan, names: _Names, bundle: Bundle, processes: tuple[Process, ...], start: str) -> None:
        self.plan = plan
        self.names = names
        self.bundle = bundle
        self.processes = processes
        self.start = start
        self.root = etree.Element(_tag("definitions"), nsmap={"bpmn": BPMN})
        self.drawing = bundle.drawings[bundle.code]
        self.process = processes[0]
        self.hidden = frozenset({OUTCOME})

    def text(self) -> bytes:
        """The whole text."""
        for process in self.processes:
            self.drawing, self.process = self.bundle.drawings[process.id], process
            name = self.names.processes[process.id]
            box = etree.SubElement(self.root, _tag("process"), id=name, isExecutable="true")
            outermost = process is self.processes[0]
            self.hidden = frozenset({OUTCOME})
            self._scope(box, name, process, self.start if outermost else none_starts(process)[0].id, process.id)
        return etree.tostring(self.root)

    def _scope(self, box: etree._Element, name: str, scope: Scope, start: str, element: str) -> None:
        for suffix, role in (("Start", "begin"), (f"{name}.EndJoin", "gather"), ("End", "finish")):
            self._site(f"{name}/{suffix}", element, role)  # type: ignore[arg-type] # the three roles above
        leaving: dict[str, list[SequenceFlow]] = defaultdict(list)
        for flow in scope.flows:
            leaving[flow.source].append(flow)
        links = _links(scope)
        for node in scope.nodes:
            if not isinstance(node, StartEvent) or node.id == start:
                self._node(box, node, leaving[node.id], links)
        if box.find(_tag("endEvent")) is None:
            etree.SubElement(box, _tag("endEvent"), id=f"{name}.never")  # the parser wants one, reached or not

    def _node(self, box: etree._Element, node: FlowNode, leaving: list[SequenceFlow], links: Mapping[str, str]) -> None:
        name = self.names.nodes[self.process.id, node.id]
        self._site(name, node.id, "node", node)
        drawn = etree.SubElement(box, _tag(_written_as(node)), id=name)
        if isinstance(node, Activity):
            self._activity(drawn, name, node)
        elif isinstance(node, Event):
            self._event(drawn, node)
        if isinstance(node, EndEvent):
            return
        target = _link_out(node, links)
        if target:
            self._arrow(box, name, self.names.nodes[self.process.id, target])
        elif not leaving:
            self._arrow(box, name, self._extra(box, "endEvent", node.id, "stop", name).get("id", ""))
        else:
            self._leave(box, drawn, name, node, leaving)

    def _activity(self, drawn: etree._Element, name: str, node: Activity) -> None:
        self._site(f"{name}.BoundaryEventSplit", node.id, "split")
        self._site(f"{name}.BoundaryEventJoin", node.id, "rejoin")
        if isinstance(node, CallActivity):
            drawn.set("calledElement", self.names.processes[node.called or ""])
        if isinstance(node, ReceiveTask):
            self._sign(
                drawn, "messageEventDefinition", Sign("message", self.process.id, node.id, self._named(node.message))
            )
        if isinstance(node.loop, MultiInstance):
            self._site(f"{name} [child]", node.id, "body", node)
            self._instances(drawn, name, node, node.loop)
        if isinstance(node, SubProcess):
            hidden, item = self.hidden, self.plan.instances[name].item if name in self.plan.instances else None
            self.hidden = hidden | {item} if item else hidden
            self._scope(drawn, name, node, none_starts(node)[0].id, node.id)
            self.hidden = hidden

    def _instances(self, drawn: etree._Element, name: str, node: Activity, loop: MultiInstance) -> None:
        plan = Instances(
            element=node.id,
            collection=loop.collection.strip() if loop.collection else None,
            item=(loop.item.name or loop.item.id) if loop.item else None,
            cardinality=Condition(text_of(loop.cardinality), node.id) if loop.cardinality else None,
            enough=Condition(text_of(loop.completion_condition), node.id) if loop.completion_condition else None,
        )
        self.plan.instances[name] = plan
        self._reads({plan.collection} if plan.collection else ())
        self._reads(plan.cardinality.names if plan.cardinality else ())
        self._reads(plan.enough.names - COUNTERS - {plan.item or ""} if plan.enough else ())
        box = etree.SubElement(drawn, _tag("multiInstanceLoopCharacteristics"))
        box.set("isSequential", "true" if loop.sequential else "false")
        etree.SubElement(box, _tag("loopDataInputRef")).text = name

    def _event(self, drawn: etree._Element, node: Event) -> None:
        if isinstance(node, StartEvent):
            return
        if isinstance(node, BoundaryEvent):
            drawn.set("attachedToRef", self.names.nodes[self.process.id, node.attached_to])
            drawn.set("cancelActivity", "true" if _interrupts(node) else "false")
        for definition in node.definitions:
            self._definition(drawn, node, definition)

    def _definition(self, drawn: etree._Element, node: Event, definition: EventDefinition) -> None:
        process, element = self.process.id, node.id
        if isinstance(definition, TerminateDefinition):
            etree.SubElement(drawn, _tag("terminateEventDefinition"))
        elif isinstance(definition, TimerDefinition):
            timer = read_timer(element, definition.kind or "", definition.text.strip())
            self._reads(timer.names)
            self._sign(drawn, "timerEventDefinition", Sign("timer", process, element, timer=timer))
        elif isinstance(definition, MessageDefinition):
            kind = "message" if isinstance(node, IntermediateCatchEvent | BoundaryEvent) else "throw"
            message = self._named(definition.message)
            self._sign(drawn, "messageEventDefinition", Sign(kind, process, element, message=message))  # type: ignore[arg-type] # one of the two
        elif isinstance(definition, ErrorDefinition):
            code = next((each.code for each in self.drawing.errors if each.id == definition.error), None)
            self._sign(drawn, "errorEventDefinition", Sign("error", process, element, code=code))
        elif isinstance(definition, EscalationDefinition):
            code = next((each.code for each in self.drawing.escalations if each.id == definition.escalation), None)
            self._sign(drawn, "escalationEventDefinition", Sign("escalation", process, element, code=code))

    def _sign(self, drawn: etree._Element, tag: str, sign: Sign) -> None:
        key = f"{drawn.get('id')}{SIGN}"
        self.plan.signs[key] = sign
        etree.SubElement(drawn, _tag(tag), id=key)

    def _named(self, reference: str | None) -> str | None:
        return _message(self.drawing, reference)

    def _leave(
        self, box: etree._Element, drawn: etree._Element, name: str, node: FlowNode, leaving: list[SequenceFlow]
    ) -> None:
        if isinstance(node, ParallelGateway | EventBasedGateway):
            for flow in leaving:
                self._flow(box, name, flow)
        elif isinstance(node, ExclusiveGateway | InclusiveGateway):
            self._choose(box, drawn, name, leaving, node.default)
        else:
            default = node.default if isinstance(node, Activity) else None
            conditional = any(flow.condition for flow in leaving if flow.id != default)
            if len(leaving) == 1 and not conditional:
                self._flow(box, name, leaving[0])
                return
            tag = "inclusiveGateway" if conditional else "parallelGateway"
            gateway = self._extra(box, tag, node.id, "fan", name)
            fan = gateway.get("id", "")
            self._arrow(box, name, fan)
            if conditional:
                self._choose(box, gateway, fan, leaving, default)
            else:
                for flow in leaving:
                    self._flow(box, fan, flow)

    def _choose(
        self,
        box: etree._Element,
        gateway: etree._Element,
        name: str,
        leaving: list[SequenceFlow],
        default: str | None,
    ) -> None:
        for flow in leaving:
            arrow = self._flow(box, name, flow)
            if flow.id == default:
                gateway.set("default", arrow.get("id", ""))
                continue
            key = ALWAYS
            if flow.condition:
                key = arrow.get("id", "")
                condition = Condition(text_of(flow.condition), flow.source)
                self.plan.conditions[key] = condition
                self._reads(condition.names)
            etree.SubElement(arrow, _tag("conditionExpression")).text = key

    def _flow(self, box: etree._Element, source: str, flow: SequenceFlow) -> etree._Element:
        """One drawn arrow; a second one between the same two nodes goes over a step of its own."""
        target = self.names.nodes[self.process.id, flow.target]
        place = (self.process.id, flow.id)
        if self.plan.flows.setdefault((source, target), place) == place:
            return self._arrow(box, source, target)
        beside = f"{source}.{len(box)}"
        step = self._extra(box, "intermediateThrowEvent", flow.id, "pass", beside).get("id", "")
        self.plan.flows[source, step] = place
        self._arrow(box, step, target)
        return self._arrow(box, source, step)

    def _arrow(self, box: etree._Element, source: str, target: str) -> etree._Element:
        return etree.SubElement(box, _tag("sequenceFlow"), id=f"{source}.{target}", sourceRef=source, targetRef=target)

    def _extra(self, box: etree._Element, tag: str, element: str, role: Role, beside: str) -> etree._Element:
        """A step that is not drawn."""
        name = f"{beside}.{role}"
        self._site(name, element, role)
        return etree.SubElement(box, _tag(tag), id=name)

    def _reads(self, names: Iterable[str]) -> None:
        self.plan.reads.update(frozenset(names) - self.hidden)

    def _site(self, name: str, element: str, role: Role, node: FlowNode | None = None) -> None:
        message = self._named(node.message) if isinstance(node, SendTask) else None
        self.plan.sites[name] = Site(self.process.id, element, role, node, message)


def _tag(local: str) -> str:
    return f"{{{BPMN}}}{local}"


def _written_as(node: FlowNode) -> str:
    links = isinstance(node, Event) and any(isinstance(each, LinkDefinition) for each in node.definitions)
    return "intermediateThrowEvent" if links else _TAGS[type(node)]


def _interrupts(node: BoundaryEvent) -> bool:
    return node.interrupting or any(isinstance(each, ErrorDefinition) for each in node.definitions)


def _links(scope: Scope) -> dict[str, str]:
    """Name of a link → its catch event."""
    return {
        definition.name: node.id
        for node in scope.nodes
        if isinstance(node, IntermediateCatchEvent)
        for definition in node.definitions
        if isinstance(definition, LinkDefinition)
    }


def _link_out(node: FlowNode, links: Mapping[str, str]) -> str | None:
    if not isinstance(node, IntermediateThrowEvent):
        return None
    return next((links[each.name] for each in node.definitions if isinstance(each, LinkDefinition)), None)
