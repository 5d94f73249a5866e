"""Whether a drawing hangs together at all: ids, references and lengths.

Not whether it is sound or can be run; only that every word in it means one thing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields

from engine.domain.finding import Finding, Severity
from engine.domain.limits import LIMITS, Limits
from engine.notation import model as m
from engine.notation.slots import Claim
from engine.notation.vocabulary import FORMS

NAME = 500
DOCUMENTATION = 20_000
EXPRESSION = 4_000
ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}")
DRAWN_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,127}")
"""Ids in the picture are made of the id of what they draw."""
RESERVED = re.compile(r"Start|End|Root|StartEvent(Split|Join)|.*\.(EndJoin|BoundaryEvent(Split|Join))")
"""What SpiffWorkflow calls nodes of its own: a node of the drawing with such an id is lost there without a word."""

_Identified = m.Element | m.Expression | m.Xml
_NEEDS_ID = (
    m.Process,
    m.FlowNode,
    m.SequenceFlow,
    m.Lane,
    m.Participant,
    m.MessageFlow,
    m.Message,
    m.Error,
    m.Escalation,
    m.Signal,
)
_PICTURE = (m.Diagram, m.Plane, m.Shape, m.Edge, m.Label)


def check(definitions: m.Definitions, claims: Sequence[Claim] = (), limits: Limits = LIMITS) -> tuple[Finding, ...]:
    """Return everything that keeps a drawing from meaning one thing, in the order of its lines.

    `claims` is what nodes say of their own arrows, where the drawing came from a file.
    """
    sheet = _Sheet(definitions)
    sheet.check_ids()
    sheet.check_lengths()
    sheet.check_size(limits)
    for process in definitions.processes:
        sheet.check_scope(process)
        sheet.check_lanes(process)
    sheet.check_collaborations()
    sheet.check_picture()
    sheet.check_claims(claims)
    return tuple(sorted(sheet.findings, key=lambda each: each.line or 0))


_WALKED: dict[type, tuple[str, ...]] = {
    kind: tuple(each.name for each in fields(kind) if each.name not in {"extensions", "prefixes", "spelled"})
    for kind in (m.Expression, *FORMS)
}


def _everything(definitions: m.Definitions) -> Iterator[_Identified]:
    """Walk all that may have an id of the file's own; what vendors keep in their extensions has none."""
    waiting: list[object] = [definitions]
    while waiting:
        item = waiting.pop()
        if isinstance(item, tuple):
            waiting.extend(reversed(item))
        elif isinstance(item, m.UnknownNode | m.UnknownDefinition):
            yield item
            waiting.extend(reversed(item.xml.children))
        elif isinstance(item, m.Foreign):
            waiting.append(item.xml)
        elif isinstance(item, m.Xml):
            if item.namespace == m.BPMN and item.local != "extensionElements":
                yield item
                waiting.extend(reversed(item.children))
        elif isinstance(item, m.Element | m.Expression):
            yield item
            waiting.extend(getattr(item, name) for name in reversed(_WALKED[type(item)]))


def _id_of(item: _Identified) -> str:
    return item.get("id") if isinstance(item, m.Xml) else item.id


def _what(item: object) -> str:
    return item.local if isinstance(item, m.Xml) else type(item).__name__


@dataclass(slots=True)
class _Sheet:
    """One drawing being checked."""

    definitions: m.Definitions
    findings: list[Finding] = field(default_factory=list)
    known: dict[str, _Identified] = field(default_factory=dict)
    everything: tuple[_Identified, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.everything = tuple(_everything(self.definitions))

    def find(
        self, rule: str, message: str, item: _Identified, *, severity: Severity = "error", **facts: object
    ) -> None:
        self.findings.append(
            Finding(
                rule=rule,
                message=message,
                severity=severity,
                element=_id_of(item) or None,
                line=item.line or None,
                facts=facts,
            )
        )

    def check_ids(self) -> None:
        for item in self.everything:
            identity = _id_of(item)
            if identity:
                self._check_id(identity, item)
            elif isinstance(item, _NEEDS_ID):
                message = "Expected {what} “{name}” to have an id, but it has none."
                self.find("missing-id", message, item, what=_what(item), name=item.name[:80])

    def _check_id(self, identity: str, item: _Identified) -> None:
        wanted = DRAWN_ID if isinstance(item, _PICTURE) else ID
        if not wanted.fullmatch(identity):
            message = "Expected an id of letters, digits, “_”, “.” and “-” that begins with a letter, but it is “{id}”."
            self.find("bad-id", message, item, id=identity[:80])
        elif isinstance(item, m.FlowNode) and RESERVED.fullmatch(identity):
            message = "Expected an id of its own, but “{id}” is a name that SpiffWorkflow keeps for itself."
            self.find("reserved-id", message, item, id=identity)
        first = self.known.setdefault(identity, item)
        if first is not item:
            message = "Expected the id “{id}” once, but it also stands on line {other}."
            self.find("duplicate-id", message, item, id=identity[:80], other=first.line)

    def check_lengths(self) -> None:
        for item in self.everything:
            if isinstance(item, m.Expression):
                self._check_length(item, "expression", item.text, EXPRESSION)
            elif isinstance(item, m.Element):
                self._check_length(item, "name", item.name, NAME)
                for text in item.documentation:
                    self._check_length(item, "documentation", text, DOCUMENTATION)

    def _check_length(self, item: _Identified, what: str, text: str, limit: int) -> None:
        if len(text) > limit:
            message = "Expected a {what} of at most {limit} characters, but it has {found}."
            self.find("too-long", message, item, what=what, limit=limit, found=len(text))

    def check_size(self, limits: Limits) -> None:
        if not self.definitions.processes:
            message = "Expected at least one process, but there is none."
            self.find("no-process", message, self.definitions)
        count = sum(1 for process in self.definitions.processes for _ in m.nodes(process))
        if count > limits.flow_nodes:
            message = "Expected at most {limit} flow nodes, but there are {found}."
            self.find("too-many-nodes", message, self.definitions, limit=limits.flow_nodes, found=count)
        elif count > limits.flow_nodes / 2:
            message = "Expected far fewer than {limit} flow nodes, but there are {found} already."
            facts = {"limit": limits.flow_nodes, "found": count}
            self.find("many-nodes", message, self.definitions, severity="warning", **facts)

    def check_scope(self, scope: m.Scope) -> None:
        here = {node.id: node for node in scope.nodes}
        flows = {flow.id: flow for flow in scope.flows}
        for flow in scope.flows:
            self._check_end(flow, "source", flow.source, here)
            self._check_end(flow, "target", flow.target, here)
        for node in scope.nodes:
            self._check_default(node, flows)
            self._check_references(node, here)
            if isinstance(node, m.SubProcess):
                self.check_scope(node)

    def _check_end(self, flow: m.SequenceFlow, end: str, node: str, here: dict[str, m.FlowNode]) -> None:
        if node in here or not node:
            return
        other = self.known.get(node)
        if other is None:
            message = "Expected the {end} of a flow to exist, but there is no “{node}”."
            self.find("dangling-flow", message, flow, end=end, node=node[:80])
        elif isinstance(other, m.FlowNode):
            message = "Expected a flow to stay in its process or sub-process, but its {end} “{node}” is in another."
            self.find("flow-leaves-scope", message, flow, end=end, node=node[:80])
        else:
            message = "Expected the {end} of a flow to be a flow node, but “{node}” is a {what}."
            self.find("dangling-flow", message, flow, end=end, node=node[:80], what=_what(other))

    def _check_default(self, node: m.FlowNode, flows: dict[str, m.SequenceFlow]) -> None:
        default: str | None = getattr(node, "default", None)
        if default is None:
            return
        if default not in flows or flows[default].source != node.id:
            message = "Expected the default flow to leave its own node, but “{flow}” does not."
            self.find("bad-default", message, node, flow=default[:80])

    def _check_references(self, node: m.FlowNode, here: dict[str, m.FlowNode]) -> None:
        if isinstance(node, m.BoundaryEvent) and not isinstance(here.get(node.attached_to), m.Activity):
            message = "Expected a boundary event on an activity beside it, but “{host}” is none."
            self.find("bad-host", message, node, host=node.attached_to[:80])
        if isinstance(node, m.CallActivity) and not node.called:
            message = "Expected a call activity to say what it calls, but it does not."
            self.find("missing-called-element", message, node)
        if isinstance(node, m.SendTask | m.ReceiveTask):
            self._check_root(node, "message", node.message, m.Message)
        for definition in node.definitions if isinstance(node, m.Event) else ():
            self._check_definition(definition)

    def _check_definition(self, definition: m.EventDefinition) -> None:
        match definition:
            case m.MessageDefinition():
                self._check_root(definition, "message", definition.message, m.Message)
            case m.ErrorDefinition():
                self._check_root(definition, "error", definition.error, m.Error)
            case m.EscalationDefinition():
                self._check_root(definition, "escalation", definition.escalation, m.Escalation)
            case m.SignalDefinition():
                self._check_root(definition, "signal", definition.signal, m.Signal)
            case m.CompensateDefinition():
                self._check_root(definition, "activity", definition.activity, m.Activity)
            case m.TimerDefinition(kind=None):
                self.find("timer-without-time", "Expected a timer to say its time, but it does not.", definition)
            case m.LinkDefinition():
                for link in (*definition.sources, *([definition.target] if definition.target else ())):
                    self._check_root(definition, "link", link, m.LinkDefinition)

    def _check_root(self, item: m.Element, what: str, reference: str | None, wanted: type[m.Element]) -> None:
        if reference is not None and not isinstance(self.known.get(reference), wanted):
            message = "Expected the {what} “{reference}” to be in the file, but it is not."
            self.find("dangling-reference", message, item, what=what, reference=reference[:80])

    def check_lanes(self, scope: m.Scope) -> None:
        inside = {node.id for node, _ in m.nodes(scope)}
        holder: dict[str, m.Lane] = {}
        for lane_set in scope.lane_sets:
            for lane in lane_set.lanes:
                self._check_lane(lane, (), inside, holder)
        for node in scope.nodes:
            if isinstance(node, m.SubProcess):
                self.check_lanes(node)

    def _check_lane(
        self, lane: m.Lane, around: tuple[m.Lane, ...], inside: set[str], holder: dict[str, m.Lane]
    ) -> None:
        for node in lane.node_refs:
            first = holder.setdefault(node, lane)
            if node not in self.known:
                message = "Expected a lane to hold nodes of its process, but there is no “{node}”."
                self.find("dangling-lane", message, lane, node=node[:80])
            elif node not in inside and isinstance(self.known[node], m.FlowNode):
                message = "Expected a lane to hold nodes of its process, but “{node}” is in another."
                self.find("dangling-lane", message, lane, node=node[:80])
            elif node not in inside:
                message = "Expected a lane to hold flow nodes, but “{node}” is a {what}."
                self.find(
                    "lane-holds-other", message, lane, severity="warning", node=node[:80], what=_what(self.known[node])
                )
            if first is not lane and first not in around:
                message = "Expected “{node}” in one lane, but “{other}” holds it too."
                self.find("two-lanes", message, lane, node=node[:80], other=first.name or first.id)
            holder[node] = lane
        for inner in lane.children:
            self._check_lane(inner, (*around, lane), inside, holder)

    def check_collaborations(self) -> None:
        for collaboration in self.definitions.collaborations:
            for participant in collaboration.participants:
                self._check_root(participant, "process", participant.process, m.Process)
            for flow in collaboration.message_flows:
                for end, reference in (("source", flow.source), ("target", flow.target)):
                    if reference and not isinstance(self.known.get(reference), m.Participant | m.FlowNode):
                        message = "Expected the {end} of a message flow to be a pool or a node, but “{node}” is none."
                        self.find("dangling-message-flow", message, flow, end=end, node=reference[:80])
                self._check_root(flow, "message", flow.message, m.Message)

    def check_picture(self) -> None:
        for diagram in self.definitions.diagrams:
            self._check_drawn(diagram.plane, diagram.plane.element)
            for edge in diagram.plane.edges:
                self._check_drawn(edge, edge.element)
            for shape in diagram.plane.shapes:
                self._check_drawn(shape, shape.element)
                if shape.bounds.width < 0 or shape.bounds.height < 0:
                    message = "Expected a shape with a width and a height, but one is negative."
                    self.find("bad-number", message, shape)

    def _check_drawn(self, item: m.Element, element: str | None) -> None:
        if element and element not in self.known:
            message = "Expected the picture to draw what is in the file, but there is no “{element}”."
            self.find("draws-nothing", message, item, severity="warning", element=element[:80])

    def check_claims(self, claims: Sequence[Claim]) -> None:
        ends = {
            (way, flow.id, node)
            for scope in _scopes(self.definitions)
            for flow in scope.flows
            for way, node in (("outgoing", flow.source), ("incoming", flow.target))
        }
        for claim in claims:
            node = self.known.get(claim.node)
            if node is not None and (claim.way, claim.flow, claim.node) not in ends:
                message = "Expected “{flow}” among the {way} flows of this node, but it is not; the flow is believed."
                self.find("false-claim", message, node, severity="warning", flow=claim.flow[:80], way=claim.way)


def _scopes(definitions: m.Definitions) -> Iterator[m.Scope]:
    for process in definitions.processes:
        yield process
        yield from (node for node, _ in m.nodes(process) if isinstance(node, m.SubProcess))
