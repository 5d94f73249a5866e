"""The elements of BPMN 2.0 as frozen dataclasses: what was drawn, in document order, with the line it stood on.

Not a running thing and not a tree of XML: an element here has no state, and what this file does not type is kept
as `Xml`, `UnknownNode` or `UnknownDefinition` so that somebody can refuse it by name or write it out again.

Everywhere: a missing id or name is the empty string, a missing reference is None, lines never count in comparisons,
and a flag holds BPMN's own default where the drawing is silent; only `isExecutable`, which most modellers leave out, is
None then.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
LAJUR = "urn:lajur:bpmn:1"
COMMENT = "<!--"
"""The tag of a comment among pieces of XML; its words are the text."""

Attributes: TypeAlias = tuple[tuple[str, str], ...]
"""Names (`{namespace}local` or plain) with their values, sorted by name."""


@dataclass(frozen=True, slots=True)
class Xml:
    """A piece of XML nobody here types, kept whole; not interpreted in any way."""

    tag: str
    attributes: Attributes = ()
    text: str = ""
    children: tuple["Xml", ...] = ()
    tail: str = ""
    line: int = field(default=0, compare=False)

    def get(self, name: str, otherwise: str = "") -> str:
        """Return the value of one attribute."""
        return dict(self.attributes).get(name, otherwise)

    @property
    def namespace(self) -> str:
        return self.tag[1:].partition("}")[0] if self.tag.startswith("{") else ""

    @property
    def local(self) -> str:
        return self.tag.rpartition("}")[2]


@dataclass(frozen=True, slots=True)
class Foreign:
    """An untyped child of a typed element, and the number of typed siblings that are written before it.

    The place is 0 for an element of BPMN's own, because its schema says where that stands.
    """

    xml: Xml
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """What every BPMN element may carry; never drawn itself.

    `foreign_attributes` holds every attribute without a field here, BPMN's own rare ones included;
    `foreign_children` likewise holds every child without a field: those of BPMN's own namespaces first.
    """

    id: str = ""
    name: str = ""
    documentation: tuple[str, ...] = ()
    documentation_attributes: tuple[Attributes, ...] = ()
    extensions: tuple[Xml, ...] = ()
    foreign_attributes: Attributes = ()
    foreign_children: tuple[Foreign, ...] = ()
    spelled: tuple[str, ...] = field(default=(), compare=False)
    """Attributes that the file spells out although they say what is so without them."""
    line: int = field(default=0, compare=False)

    def extension(self, tag: str) -> Xml | None:
        """Return the first extension element with this `{namespace}local` tag."""
        return next((each for each in self.extensions if each.tag == tag), None)

    def foreign_attribute(self, name: str, otherwise: str = "") -> str:
        """Return an attribute that has no field of its own."""
        return dict(self.foreign_attributes).get(name, otherwise)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """The text of a condition, a time or a number, with the language the drawing names for it; not yet parsed."""

    text: str = ""
    language: str | None = None
    formal: bool = True
    """Marked as tFormalExpression in the drawing; only those may name a language."""
    id: str = ""
    foreign_attributes: Attributes = ()
    foreign_children: tuple[Xml, ...] = ()
    line: int = field(default=0, compare=False)


# What an event listens for or tells.


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDefinition(Element):
    """What an event waits for or announces; not the event."""


TimerKind: TypeAlias = Literal["date", "duration", "cycle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerDefinition(EventDefinition):
    kind: TimerKind | None = None
    expression: Expression = field(default_factory=Expression)

    @property
    def text(self) -> str:
        return self.expression.text

    @property
    def language(self) -> str | None:
        return self.expression.language


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDefinition(EventDefinition):
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorDefinition(EventDefinition):
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationDefinition(EventDefinition):
    escalation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalDefinition(EventDefinition):
    signal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminateDefinition(EventDefinition):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDefinition(EventDefinition):
    """One end of an off-page connector; its `name` is what joins throw to catch."""

    sources: tuple[str, ...] = ()
    target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionalDefinition(EventDefinition):
    condition: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompensateDefinition(EventDefinition):
    activity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelDefinition(EventDefinition):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownDefinition(EventDefinition):
    """An event definition without a type here, to be refused by name; never one that was left out."""

    xml: Xml


# What can stand in a process.


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowNode(Element):
    """What arrows lead to and from. Which arrows: ask the `Lookup`; the node's own claims are not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownNode(FlowNode):
    """An element inside a process that has no type here; its name is the tag, its whole content is `xml`."""

    xml: Xml

    @property
    def tag(self) -> str:
        return self.xml.tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(FlowNode):
    definitions: tuple[EventDefinition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StartEvent(Event):
    """Where a process begins; `interrupting` matters in an event sub-process only."""

    interrupting: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EndEvent(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class IntermediateCatchEvent(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class IntermediateThrowEvent(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryEvent(Event):
    attached_to: str = ""
    interrupting: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardLoop(Element):
    test_before: bool = False
    maximum: str | None = None
    condition: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataItem(Element):
    """The name under which one instance of a multi-instance activity sees its own piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiInstance(Element):
    """Run once for each of a list (`collection`, the text of loopDataInputRef) or a number of times (`cardinality`)."""

    sequential: bool = False
    cardinality: Expression | None = None
    collection: str | None = None
    item: DataItem | None = None
    output_collection: str | None = None
    output_item: DataItem | None = None
    completion_condition: Expression | None = None


Loop: TypeAlias = StandardLoop | MultiInstance | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(FlowNode):
    default: str | None = None
    loop: Loop = None
    is_for_compensation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Activity):
    """A task of no particular kind; the kinds are its subclasses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTask(Task):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualTask(Task):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTask(Task):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class SendTask(Task):
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveTask(Task):
    message: str | None = None
    instantiate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptTask(Task):
    """Typed to be refused by name; its script stays in `foreign_children` and is never run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessRuleTask(Task):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class CallActivity(Activity):
    called: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway(FlowNode):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusiveGateway(Gateway):
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelGateway(Gateway):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class InclusiveGateway(Gateway):
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventBasedGateway(Gateway):
    instantiate: bool = False
    kind: Literal["exclusive", "parallel"] = "exclusive"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplexGateway(Gateway):
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceFlow(Element):
    source: str
    target: str
    condition: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane(Element):
    node_refs: tuple[str, ...] = ()
    child_set: "LaneSet | None" = None

    @property
    def children(self) -> tuple["Lane", ...]:
        return self.child_set.lanes if self.child_set else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneSet(Element):
    lanes: tuple[Lane, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Process(Element):
    """A process as drawn; not a Procedure (what the office promised) and not a Case (one run of it).

    `data` holds data objects, their references and data stores; `artifacts` holds annotations, groups and associations.
    """

    executable: bool | None = None
    """What the drawing says; None where it is silent, as most modellers leave it."""
    nodes: tuple[FlowNode, ...] = ()
    flows: tuple[SequenceFlow, ...] = ()
    lane_sets: tuple[LaneSet, ...] = ()
    data: tuple[Xml, ...] = ()
    artifacts: tuple[Xml, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubProcess(Activity):
    nodes: tuple[FlowNode, ...] = ()
    flows: tuple[SequenceFlow, ...] = ()
    lane_sets: tuple[LaneSet, ...] = ()
    data: tuple[Xml, ...] = ()
    artifacts: tuple[Xml, ...] = ()
    triggered_by_event: bool = False
    kind: Literal["embedded", "transaction", "adhoc"] = "embedded"


Scope: TypeAlias = Process | SubProcess
"""What holds nodes and flows; no flow leaves its scope."""


# What stands around the processes.


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant(Element):
    """A pool; a black box when `process` is None."""

    process: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFlow(Element):
    source: str
    target: str
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaboration(Element):
    participants: tuple[Participant, ...] = ()
    message_flows: tuple[MessageFlow, ...] = ()
    artifacts: tuple[Xml, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Element):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Error(Element):
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation(Element):
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal(Element):
    pass


# The picture.


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Bounds:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Label(Element):
    bounds: Bounds | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape(Element):
    """Where a node, lane, pool or artifact is drawn; `element` is its id. Colours are foreign attributes."""

    element: str
    bounds: Bounds
    is_horizontal: bool | None = None
    is_expanded: bool | None = None
    is_marker_visible: bool | None = None
    label: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge(Element):
    """The line of a flow or association, from waypoint to waypoint."""

    element: str
    waypoints: tuple[Point, ...] = ()
    label: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane(Element):
    element: str | None = None
    shapes: tuple[Shape, ...] = ()
    edges: tuple[Edge, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram(Element):
    """One drawn page; label styles and resolution are kept as foreign."""

    plane: Plane = field(default_factory=Plane)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions(Element):
    """A whole BPMN file. `foreign_children` holds imports, item definitions and whatever else stands at the top."""

    target_namespace: str = ""
    expression_language: str | None = None
    collaborations: tuple[Collaboration, ...] = ()
    processes: tuple[Process, ...] = ()
    messages: tuple[Message, ...] = ()
    errors: tuple[Error, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    signals: tuple[Signal, ...] = ()
    diagrams: tuple[Diagram, ...] = ()
    prefixes: Attributes = field(default=(), compare=False)
    """Prefixes of namespaces other than BPMN's own, so that they come out as they were."""
    comments_before: tuple[str, ...] = ()
    comments_after: tuple[str, ...] = ()
    """What stands in comments around the whole."""

    def process(self, process_id: str) -> Process | None:
        """Return one process by its id."""
        return next((each for each in self.processes if each.id == process_id), None)

    def find(self, element_id: str) -> Element | None:
        """Return the element with this id, searching everything; use a `Lookup` when asking often."""
        return next((each for each in elements(self) if each.id == element_id), None) if element_id else None


def nodes(scope: Scope, depth: int = 0) -> Iterator[tuple[FlowNode, int]]:
    """Walk all nodes of a scope and of the sub-processes in it, in document order, each with its depth."""
    for node in scope.nodes:
        yield node, depth
        if isinstance(node, SubProcess):
            yield from nodes(node, depth + 1)


def lanes(scope: Scope) -> Iterator[Lane]:
    """Walk all lanes of a scope, an outer lane before the lanes in it; lanes of sub-processes not included."""
    waiting = [lane for lane_set in reversed(scope.lane_sets) for lane in reversed(lane_set.lanes)]
    while waiting:
        lane = waiting.pop()
        yield lane
        waiting.extend(reversed(lane.children))


def elements(definitions: Definitions) -> Iterator[Element]:
    """Walk everything that is drawn or declared: what is typed here, the picture not included."""
    yield definitions
    for collaboration in definitions.collaborations:
        yield collaboration
        yield from collaboration.participants
        yield from collaboration.message_flows
    for process in definitions.processes:
        yield process
        yield from _elements_in(process)
    yield from definitions.messages
    yield from definitions.errors
    yield from definitions.escalations
    yield from definitions.signals


def _elements_in(scope: Scope) -> Iterator[Element]:
    yield from scope.lane_sets
    yield from lanes(scope)
    for node in scope.nodes:
        yield node
        if isinstance(node, Event):
            yield from node.definitions
        if isinstance(node, Activity) and node.loop is not None:
            yield node.loop
        if isinstance(node, SubProcess):
            yield from _elements_in(node)
    yield from scope.flows
