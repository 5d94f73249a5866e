"""Which XML stands for which element: tags, attributes and places, for the reader and the writer alike.

An element more is an entry more. What an element means is not said here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.notation import model as m
from engine.notation.slots import (
    Box,
    Claims,
    Documentation,
    Elements,
    Extensions,
    Formula,
    Kept,
    References,
    Slot,
    Timer,
    Waypoints,
    without_tail,
)

Manner = Literal["text", "reference", "flag"]


def bpmn(local: str) -> str:
    """Return the tag of an element of BPMN's own namespace."""
    return f"{{{m.BPMN}}}{local}"


def bpmndi(local: str) -> str:
    """Return the tag of an element of the picture."""
    return f"{{{m.BPMNDI}}}{local}"


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of an element; not written where the field holds `absent`."""

    field: str
    name: str
    manner: Manner = "text"
    absent: object = None
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """What stands behind a tag: a class, and the fields that the tag alone decides."""

    type: type[m.Element]
    fixed: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """How one class of elements is written: everything it inherits included."""

    attributes: tuple[Attribute, ...]
    slots: tuple[Slot, ...]


NODES = {
    bpmn("startEvent"): Kind(m.StartEvent),
    bpmn("endEvent"): Kind(m.EndEvent),
    bpmn("intermediateCatchEvent"): Kind(m.IntermediateCatchEvent),
    bpmn("intermediateThrowEvent"): Kind(m.IntermediateThrowEvent),
    bpmn("boundaryEvent"): Kind(m.BoundaryEvent),
    bpmn("task"): Kind(m.Task),
    bpmn("userTask"): Kind(m.UserTask),
    bpmn("manualTask"): Kind(m.ManualTask),
    bpmn("serviceTask"): Kind(m.ServiceTask),
    bpmn("sendTask"): Kind(m.SendTask),
    bpmn("receiveTask"): Kind(m.ReceiveTask),
    bpmn("scriptTask"): Kind(m.ScriptTask),
    bpmn("businessRuleTask"): Kind(m.BusinessRuleTask),
    bpmn("callActivity"): Kind(m.CallActivity),
    bpmn("subProcess"): Kind(m.SubProcess, (("kind", "embedded"),)),
    bpmn("transaction"): Kind(m.SubProcess, (("kind", "transaction"),)),
    bpmn("adHocSubProcess"): Kind(m.SubProcess, (("kind", "adhoc"),)),
    bpmn("exclusiveGateway"): Kind(m.ExclusiveGateway),
    bpmn("parallelGateway"): Kind(m.ParallelGateway),
    bpmn("inclusiveGateway"): Kind(m.InclusiveGateway),
    bpmn("eventBasedGateway"): Kind(m.EventBasedGateway),
    bpmn("complexGateway"): Kind(m.ComplexGateway),
}
DEFINITIONS = {
    bpmn("timerEventDefinition"): Kind(m.TimerDefinition),
    bpmn("messageEventDefinition"): Kind(m.MessageDefinition),
    bpmn("errorEventDefinition"): Kind(m.ErrorDefinition),
    bpmn("escalationEventDefinition"): Kind(m.EscalationDefinition),
    bpmn("signalEventDefinition"): Kind(m.SignalDefinition),
    bpmn("terminateEventDefinition"): Kind(m.TerminateDefinition),
    bpmn("linkEventDefinition"): Kind(m.LinkDefinition),
    bpmn("conditionalEventDefinition"): Kind(m.ConditionalDefinition),
    bpmn("compensateEventDefinition"): Kind(m.CompensateDefinition),
    bpmn("cancelEventDefinition"): Kind(m.CancelDefinition),
}
LOOPS = {
    bpmn("standardLoopCharacteristics"): Kind(m.StandardLoop),
    bpmn("multiInstanceLoopCharacteristics"): Kind(m.MultiInstance),
}
OTHERS = {
    bpmn("definitions"): Kind(m.Definitions),
    bpmn("process"): Kind(m.Process),
    bpmn("sequenceFlow"): Kind(m.SequenceFlow),
    bpmn("laneSet"): Kind(m.LaneSet),
    bpmn("childLaneSet"): Kind(m.LaneSet),
    bpmn("lane"): Kind(m.Lane),
    bpmn("inputDataItem"): Kind(m.DataItem),
    bpmn("outputDataItem"): Kind(m.DataItem),
    bpmn("collaboration"): Kind(m.Collaboration),
    bpmn("participant"): Kind(m.Participant),
    bpmn("messageFlow"): Kind(m.MessageFlow),
    bpmn("message"): Kind(m.Message),
    bpmn("error"): Kind(m.Error),
    bpmn("escalation"): Kind(m.Escalation),
    bpmn("signal"): Kind(m.Signal),
    bpmndi("BPMNDiagram"): Kind(m.Diagram),
    bpmndi("BPMNPlane"): Kind(m.Plane),
    bpmndi("BPMNShape"): Kind(m.Shape),
    bpmndi("BPMNEdge"): Kind(m.Edge),
    bpmndi("BPMNLabel"): Kind(m.Label),
}
KINDS: Mapping[str, Kind] = {**NODES, **DEFINITIONS, **LOOPS, **OTHERS}
_TAGS = {(kind.type, kind.fixed): tag for tag, kind in KINDS.items()}

DATA = frozenset(map(bpmn, ("dataObject", "dataObjectReference", "dataStoreReference")))
ARTIFACTS = frozenset(map(bpmn, ("association", "group", "textAnnotation")))

_PERFORMERS = ("resourceRole", "performer", "humanPerformer", "potentialOwner")
_RANKS = {
    **dict.fromkeys(("import", "supportedInterfaceRef"), 2),
    **dict.fromkeys(("extension", "auditing", "monitoring", "categoryValueRef", "partitionElement"), 3),
    **dict.fromkeys(("ioSpecification", "ioBinding", "dataInput", "dataOutput"), 7),
    **dict.fromkeys(("property",), 8),
    **dict.fromkeys(("dataInputAssociation",), 9),
    **dict.fromkeys(("dataOutputAssociation",), 10),
    **dict.fromkeys(("inputSet", "outputSet"), 11),
    **dict.fromkeys(_PERFORMERS, 12),
    "eventDefinitionRef": 15,
    "complexBehaviorDefinition": 16,
    "correlationSubscription": 23,
    "supports": 24,
    "relationship": 26,
}
_LATE = 21
"""What is not listed stands behind everything that is drawn."""
_OURS = frozenset({m.BPMN, m.BPMNDI, m.DC, m.DI})
_IN_SCOPE = frozenset(
    bpmn(local)
    for local in (*_RANKS, "laneSet", "sequenceFlow", "completionCondition", "documentation", "extensionElements")
)


def rank_of(owner: type[m.Element], xml: m.Xml) -> int | None:
    """Return where the schema puts an untyped child of BPMN's own, or None for what is not BPMN's."""
    if xml.namespace not in _OURS:
        return None
    if owner is m.Process and xml.local in _PERFORMERS:
        return _LATE + 1
    if xml.tag == f"{{{m.DI}}}extension":
        return 1
    return _RANKS.get(xml.local, _LATE)


def tag_of(element: m.Element) -> str:
    """Return the tag that stands for an element whose class decides it."""
    if isinstance(element, m.UnknownNode | m.UnknownDefinition):
        return element.xml.tag
    fixed = (("kind", element.kind),) if isinstance(element, m.SubProcess) else ()
    return _TAGS[type(element), fixed]


def local_name(element: m.Element) -> str:
    """Return the element's name in the standard: `userTask`, `timerEventDefinition`, `adHocSubProcess`."""
    return tag_of(element).rpartition("}")[2]


def stands_as_node(tag: str) -> bool:
    """Say whether a child of a process is a flow node, known or not."""
    return tag in NODES or (tag.startswith(f"{{{m.BPMN}}}") and tag not in _IN_SCOPE | DATA | ARTIFACTS)


def stands_as_definition(tag: str) -> bool:
    """Say whether a child of an event is an event definition, known or not."""
    return tag in DEFINITIONS or (tag.startswith(f"{{{m.BPMN}}}") and tag.endswith("EventDefinition"))


def _unknown_node(xml: m.Xml) -> m.Element | None:
    if xml.tag in NODES:
        return None
    return m.UnknownNode(id=xml.get("id"), name=xml.get("name"), xml=without_tail(xml), line=xml.line)


def _unknown_definition(xml: m.Xml) -> m.Element | None:
    if xml.tag in DEFINITIONS:
        return None
    return m.UnknownDefinition(id=xml.get("id"), name=xml.get("name"), xml=without_tail(xml), line=xml.line)


def _one(tag: str) -> tuple[Callable[[str], bool], Callable[[m.Element], str]]:
    return (lambda found: found == tag), (lambda _: tag)


def _elements(field: str, rank: int, tag: str, *, single: bool = False) -> Elements:
    return Elements(field, rank, *_one(tag), single)


_NAMED = (Attribute("id", "id", absent=""), Attribute("name", "name", absent=""))
_DEFAULT = Attribute("default", "default", "reference")
_MESSAGE = Attribute("message", "messageRef", "reference")
_INTERRUPTING = Attribute("interrupting", "isInterrupting", "flag", absent=True)
_ENDS = (
    Attribute("source", "sourceRef", "reference", required=True),
    Attribute("target", "targetRef", "reference", required=True),
)
_DRAWN = Attribute("element", "bpmnElement", "reference", absent="")
_SCOPE: tuple[Slot, ...] = (
    _elements("lane_sets", 16, bpmn("laneSet")),
    Elements("nodes", 17, stands_as_node, tag_of, unknown=_unknown_node),
    Kept("data", 18, DATA),
    _elements("flows", 19, bpmn("sequenceFlow")),
    Kept("artifacts", 20, ARTIFACTS),
)
_EVENT_GATEWAYS = ("exclusive", "parallel")
_LABEL = _elements("label", 6, bpmndi("BPMNLabel"), single=True)
_TIMES = {bpmn("timeDate"): "date", bpmn("timeDuration"): "duration", bpmn("timeCycle"): "cycle"}

_ATTRIBUTES: dict[type, tuple[Attribute, ...]] = {
    m.Element: _NAMED,
    m.MessageDefinition: (_MESSAGE,),
    m.ErrorDefinition: (Attribute("error", "errorRef", "reference"),),
    m.EscalationDefinition: (Attribute("escalation", "escalationRef", "reference"),),
    m.SignalDefinition: (Attribute("signal", "signalRef", "reference"),),
    m.CompensateDefinition: (Attribute("activity", "activityRef", "reference"),),
    m.StartEvent: (_INTERRUPTING,),
    m.BoundaryEvent: (
        Attribute("attached_to", "attachedToRef", "reference", absent="", required=True),
        Attribute("interrupting", "cancelActivity", "flag", absent=True),
    ),
    m.StandardLoop: (
        Attribute("test_before", "testBefore", "flag", absent=False),
        Attribute("maximum", "loopMaximum"),
    ),
    m.MultiInstance: (Attribute("sequential", "isSequential", "flag", absent=False),),
    m.Activity: (_DEFAULT, Attribute("is_for_compensation", "isForCompensation", "flag", absent=False)),
    m.SendTask: (_MESSAGE,),
    m.ReceiveTask: (_MESSAGE, Attribute("instantiate", "instantiate", "flag", absent=False)),
    m.CallActivity: (Attribute("called", "calledElement", "reference"),),
    m.SubProcess: (Attribute("triggered_by_event", "triggeredByEvent", "flag", absent=False),),
    m.ExclusiveGateway: (_DEFAULT,),
    m.InclusiveGateway: (_DEFAULT,),
    m.ComplexGateway: (_DEFAULT,),
    m.EventBasedGateway: (
        Attribute("instantiate", "instantiate", "flag", absent=False),
        Attribute("kind", "eventGatewayType", absent="exclusive", choices=_EVENT_GATEWAYS),
    ),
    m.SequenceFlow: _ENDS,
    m.Process: (Attribute("executable", "isExecutable", "flag"),),
    m.Participant: (Attribute("process", "processRef", "reference"),),
    m.MessageFlow: (*_ENDS, _MESSAGE),
    m.Error: (Attribute("code", "errorCode"),),
    m.Escalation: (Attribute("code", "escalationCode"),),
    m.Shape: (
        _DRAWN,
        Attribute("is_horizontal", "isHorizontal", "flag"),
        Attribute("is_expanded", "isExpanded", "flag"),
        Attribute("is_marker_visible", "isMarkerVisible", "flag"),
    ),
    m.Edge: (_DRAWN,),
    m.Plane: (Attribute("element", "bpmnElement", "reference"),),
    m.Definitions: (
        Attribute("target_namespace", "targetNamespace", absent=""),
        Attribute("expression_language", "expressionLanguage"),
    ),
}
_PICTURE = (m.Diagram, m.Plane, m.Shape, m.Edge, m.Label)
_SLOTS: dict[type, tuple[Slot, ...]] = {
    m.Element: (Documentation(), Extensions()),
    m.FlowNode: (Claims(),),
    m.Event: (Elements("definitions", 14, stands_as_definition, tag_of, unknown=_unknown_definition),),
    m.TimerDefinition: (Timer(10, _TIMES),),
    m.LinkDefinition: (
        References("sources", 10, bpmn("source")),
        References("target", 11, bpmn("target"), single=True),
    ),
    m.ConditionalDefinition: (Formula("condition", 10, bpmn("condition")),),
    m.Activity: (Elements("loop", 13, LOOPS.__contains__, tag_of, single=True),),
    m.StandardLoop: (Formula("condition", 10, bpmn("loopCondition")),),
    m.MultiInstance: (
        Formula("cardinality", 10, bpmn("loopCardinality")),
        References("collection", 11, bpmn("loopDataInputRef"), single=True),
        References("output_collection", 12, bpmn("loopDataOutputRef"), single=True),
        _elements("item", 13, bpmn("inputDataItem"), single=True),
        _elements("output_item", 14, bpmn("outputDataItem"), single=True),
        Formula("completion_condition", 18, bpmn("completionCondition")),
    ),
    m.SequenceFlow: (Formula("condition", 10, bpmn("conditionExpression")),),
    m.LaneSet: (_elements("lanes", 16, bpmn("lane")),),
    m.Lane: (
        References("node_refs", 16, bpmn("flowNodeRef")),
        _elements("child_set", 17, bpmn("childLaneSet"), single=True),
    ),
    m.Process: _SCOPE,
    m.SubProcess: _SCOPE,
    m.Collaboration: (
        _elements("participants", 16, bpmn("participant")),
        _elements("message_flows", 17, bpmn("messageFlow")),
        Kept("artifacts", 20, ARTIFACTS),
    ),
    m.Shape: (Box(required=True), _LABEL),
    m.Edge: (Waypoints(), _LABEL),
    m.Label: (Box(required=False),),
    m.Plane: (_elements("shapes", 5, bpmndi("BPMNShape")), _elements("edges", 6, bpmndi("BPMNEdge"))),
    m.Diagram: (_elements("plane", 5, bpmndi("BPMNPlane"), single=True),),
    m.Definitions: (
        _elements("collaborations", 15, bpmn("collaboration")),
        _elements("processes", 16, bpmn("process")),
        _elements("messages", 17, bpmn("message")),
        _elements("errors", 18, bpmn("error")),
        _elements("escalations", 19, bpmn("escalation")),
        _elements("signals", 20, bpmn("signal")),
        _elements("diagrams", 25, bpmndi("BPMNDiagram")),
    ),
}


def _form_of(element_type: type[m.Element]) -> Form:
    ancestors = [each for each in reversed(element_type.__mro__) if issubclass(each, m.Element)]
    if element_type in _PICTURE:
        slots: tuple[Slot, ...] = _SLOTS[element_type]
    else:
        slots = tuple(slot for each in ancestors for slot in _SLOTS.get(each, ()))
    attributes = tuple(attribute for each in ancestors for attribute in _ATTRIBUTES.get(each, ()))
    return Form(attributes, tuple(sorted(slots, key=lambda slot: slot.rank)))


FORMS: Mapping[type, Form] = {kind.type: _form_of(kind.type) for kind in KINDS.values()}
"""How elements of each class are read and written."""
