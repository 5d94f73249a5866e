"""SpiffWorkflow's own parser, with our task specs in place of its own. It reads only what `rewriting` wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.event_parsers import (
    BoundaryEventParser,
    EndEventParser,
    EventBasedGatewayParser,
    IntermediateCatchEventParser,
    IntermediateThrowEventParser,
    ReceiveTaskParser,
    StartEventParser,
)
from SpiffWorkflow.bpmn.parser.task_parsers import (
    CallActivityParser,
    ConditionalGatewayParser,
    GatewayParser,
    SubWorkflowParser,
)
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

from engine.spiff import specs
from engine.spiff.events import Awaited, Led, Thrown
from engine.spiff.instances import AllAtOnce, OneByOne, Several


class _Ours:
    """What the parsers of activities need to know of multi-instance."""

    SEQUENTIAL_MI_CLASS = OneByOne
    PARALLEL_MI_CLASS = AllAtOnce


class _Tasks(_Ours, TaskParser):
    pass


class _SubProcesses(_Ours, SubWorkflowParser):
    pass


class _Calls(_Ours, CallActivityParser):
    pass


class _Signs:
    """What the parsers of events make of a definition: nothing but its key."""

    def parse_timer_event(self, event: Any) -> Awaited:
        """A timer."""
        return Awaited(event.get("id"))

    def parse_message_event(self, event: Any) -> Awaited:
        """A message that is waited for."""
        return Awaited(event.get("id"))

    def parse_error_event(self, error_event: Any) -> Led:
        """An error."""
        return Led(error_event.get("id"))

    def parse_escalation_event(self, escalation_event: Any) -> Led:
        """An escalation."""
        return Led(escalation_event.get("id"))


class _Sends(_Signs):
    def parse_message_event(self, event: Any) -> Thrown:
        """A message that goes out."""
        return Thrown(event.get("id"))


class _Receives(_Ours, _Signs, ReceiveTaskParser):
    pass


class _Catches(_Signs, IntermediateCatchEventParser):
    pass


class _Throws(_Sends, IntermediateThrowEventParser):
    pass


class _Ends(_Sends, EndEventParser):
    pass


class _Boundaries(_Signs, BoundaryEventParser):
    pass


class _Parser(BpmnParser):
    """Knows the elements that we write and no other."""

    PARSER_CLASSES: Final[Mapping[str, Any]] = {}
    OVERRIDE_PARSER_CLASSES: Final[Mapping[str, Any]] = {
        full_tag("startEvent"): (StartEventParser, specs.StartEvent),
        full_tag("endEvent"): (_Ends, specs.EndEvent),
        full_tag("intermediateCatchEvent"): (_Catches, specs.CatchEvent),
        full_tag("intermediateThrowEvent"): (_Throws, specs.ThrowEvent),
        full_tag("boundaryEvent"): (_Boundaries, specs.BoundaryEvent),
        full_tag("userTask"): (_Tasks, specs.OutsideTask),
        full_tag("manualTask"): (_Tasks, specs.OutsideTask),
        full_tag("serviceTask"): (_Tasks, specs.OutsideTask),
        full_tag("sendTask"): (_Tasks, specs.OutsideTask),
        full_tag("receiveTask"): (_Receives, specs.ReceiveTask),
        full_tag("subProcess"): (_SubProcesses, specs.SubProcess),
        full_tag("callActivity"): (_Calls, specs.CallActivity),
        full_tag("exclusiveGateway"): (ConditionalGatewayParser, specs.ExclusiveGateway),
        full_tag("inclusiveGateway"): (ConditionalGatewayParser, specs.InclusiveGateway),
        full_tag("parallelGateway"): (GatewayParser, specs.ParallelGateway),
        full_tag("eventBasedGateway"): (EventBasedGatewayParser, specs.EventGateway),
    }


class Parsed(NamedTuple):
    """What SpiffWorkflow made of one text; shared by all cases, never changed by one."""

    outermost: BpmnProcessSpec
    others: Mapping[str, BpmnProcessSpec]


def parse(text: bytes) -> Parsed:
    """Parse a text that `rewriting` wrote; its first process is the outermost. Raises whatever SpiffWorkflow raises."""
    root = etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True))
    parser = _Parser()
    parser.add_bpmn_xml(root)
    outermost = root[0].get("id")
    parsed = Parsed(parser.get_spec(outermost), parser.get_subprocess_specs(outermost))
    _connect([parsed.outermost, *parsed.others.values()])
    return parsed


def _connect(all_specs: Iterable[BpmnProcessSpec]) -> None:
    """Let instances report to their activity; stock specs do so only in the process that began them."""
    for process in all_specs:
        for spec in process.task_specs.values():
            if isinstance(spec, Several):
                process.task_specs[spec.task_spec].completed_event.connect(spec.merge_child)
