"""What the elements of a drawing are called in a table: gateways of decisions, events on borders, starts and pools get the
names that the table gives them, every row keeps its own.
"""

from __future__ import annotations

import re
from collections import Counter

from engine.domain.release import Performer
from engine.notation import (
    Activity,
    BoundaryEvent,
    Definitions,
    EndEvent,
    ErrorDefinition,
    EscalationDefinition,
    ExclusiveGateway,
    FlowNode,
    Lane,
    Lookup,
    MessageDefinition,
    Process,
    SequenceFlow,
    StartEvent,
    SubProcess,
    TimerDefinition,
    lanes,
)
from sop_catalog.diagram.extension import read_performer
from sop_catalog.diagram.outcomes import outcome_of
from sop_catalog.sheets.groups import end_of, start_of
from sop_catalog.sheets.table import lane_key
from sop_catalog.sheets.ways import catch_id, gateway_id

_CAUGHT = {
    TimerDefinition: "timer",
    ErrorDefinition: "error",
    MessageDefinition: "message",
    EscalationDefinition: "escalation",
}


class Names:
    """The elements of one process under the names that its table has for them."""

    def __init__(self, definitions: Definitions, process: Process) -> None:
        self.process = process
        self.lookup = Lookup(definitions)
        self.performers: dict[str, Performer] = {}
        """Lane id → who; lanes that name nobody are left out."""
        self.decides: dict[str, str] = {}
        """Step → the gateway at which its decision is taken."""
        self.of: dict[str, str] = {}
        """Element → its name in the table, where that is another one."""
        self._name_lanes()
        self._name_scope(process.nodes, "")
        self._name_pools(definitions)

    def name(self, element: str) -> str:
        """Return what an element is called in the table."""
        return self.of.get(element, element)

    def key(self, lane: Lane) -> str:
        """Return what steps call a lane; empty where it names nobody."""
        performer = self.performers.get(lane.id)
        if performer is None:
            return ""
        return lane_key(performer, self.performers.values())

    def lane_of(self, node: str) -> str:
        """Return the key of the lane that a node stands in; empty where there is none."""
        lane = self.lookup.lane_of(node)
        return self.key(lane) if lane else ""

    def group_of(self, node: str) -> str:
        """Return the group that a node stands in directly, empty at the top."""
        scope = self.lookup.scope_of(node)
        return scope.id if isinstance(scope, SubProcess) else ""

    def goal(self, flow: SequenceFlow) -> str:
        """Return the row that an arrow leads to in the end: through the borders of groups, empty where it leads nowhere."""
        return self._goal(flow.target, set())

    def _goal(self, target: str, seen: set[str]) -> str:
        if target in seen:
            return ""
        seen.add(target)
        node = self.lookup.node(target)
        group = self.group_of(target)
        if isinstance(node, SubProcess):
            inner = next((each for each in node.nodes if isinstance(each, StartEvent)), None)
            onward = self.lookup.outgoing(inner.id) if inner else ()
        elif group and self.name(target) == end_of(group):
            onward = self.lookup.outgoing(group)
        else:
            return self.name(target)
        return self._goal(onward[0].target, seen) if onward else ""

    def catches(self, host: str) -> tuple[tuple[str, BoundaryEvent], ...]:
        """Return the events on a border that a table has a word for, each with its kind."""
        found = ((caught_kind(each), each) for each in self.lookup.boundary_events(host))
        return tuple((kind, each) for kind, each in found if kind)

    def _name_lanes(self) -> None:
        for lane in lanes(self.process):
            performer = read_performer(lane)
            if performer is not None:
                self.performers[lane.id] = performer
        for lane in lanes(self.process):
            if key := self.key(lane):
                self.of[lane.id] = f"lane_{key.replace(':', '_')}"

    def _name_scope(self, nodes: tuple[FlowNode, ...], group: str) -> None:
        starts = [each for each in nodes if isinstance(each, StartEvent)]
        first = next((each for each in starts if each.id == "start"), starts[0] if starts else None)
        if first:
            self.of[first.id] = start_of(group) if group else "start"
        plain = [each for each in nodes if isinstance(each, EndEvent) and not each.definitions and not each.name]
        closing = next((each for each in plain if each.id == end_of(group)), plain[0] if plain else None)
        if group and closing:
            self.of[closing.id] = end_of(group)
        for node in nodes:
            if isinstance(node, Activity) and not isinstance(node, SubProcess):
                self._name_decision(node)
            if isinstance(node, Activity):
                self._name_border(node.id)
            if isinstance(node, SubProcess):
                self._name_scope(node.nodes, node.id)

    def _name_decision(self, step: Activity) -> None:
        ways = self.lookup.outgoing(step.id)
        gateway = self.lookup.node(ways[0].target) if len(ways) == 1 else None
        if not isinstance(gateway, ExclusiveGateway) or len(self.lookup.incoming(gateway.id)) != 1:
            return
        exits = self.lookup.outgoing(gateway.id)
        asked = any(outcome_of(flow) is not None for flow in exits)
        if exits and (asked or gateway.id == gateway_id(step.id)):
            self.decides[step.id] = gateway.id
            self.of[gateway.id] = gateway_id(step.id)

    def _name_border(self, host: str) -> None:
        seen: Counter[str] = Counter()
        for kind, each in self.catches(host):
            seen[kind] += 1
            self.of[each.id] = catch_id(host, kind, seen[kind])

    def _name_pools(self, definitions: Definitions) -> None:
        for collaboration in definitions.collaborations:
            for each in collaboration.participants:
                if each.process == self.process.id:
                    self.of[each.id] = f"{self.process.id}-pool"
                elif not re.fullmatch(r"pool_[a-z][a-z0-9_]*", each.id):
                    self.of[each.id] = f"pool_{each.id.lower()}"


def caught_kind(event: BoundaryEvent) -> str:
    """Return the word of a table for what an event on a border listens for; empty where it has none."""
    return _CAUGHT.get(type(event.definitions[0]), "") if len(event.definitions) == 1 else ""
