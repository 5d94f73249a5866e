"""Answers about how a drawing hangs together, each in one step; built once from the elements, never changed.

It trusts the flows and lanes as drawn. Whether they are sound is checked elsewhere.
"""

from collections import defaultdict
from collections.abc import Mapping

from engine.notation.model import (
    BoundaryEvent,
    Definitions,
    Element,
    FlowNode,
    Lane,
    Process,
    Scope,
    SequenceFlow,
    SubProcess,
    elements,
    lanes,
)


class Lookup:
    """Finds elements of one drawing by id, and what surrounds them."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self._by_id: Mapping[str, Element] = {each.id: each for each in elements(definitions) if each.id}
        self._incoming: dict[str, list[SequenceFlow]] = defaultdict(list)
        self._outgoing: dict[str, list[SequenceFlow]] = defaultdict(list)
        self._boundary: dict[str, list[BoundaryEvent]] = defaultdict(list)
        self._lane: dict[str, Lane] = {}
        self._scope: dict[str, Scope] = {}
        for process in definitions.processes:
            self._enter(process)

    def find(self, element_id: str) -> Element | None:
        """Return the element with this id, if there is one."""
        return self._by_id.get(element_id)

    def node(self, node_id: str) -> FlowNode | None:
        """Return the flow node with this id, if there is one."""
        found = self._by_id.get(node_id)
        return found if isinstance(found, FlowNode) else None

    def outgoing(self, node_id: str) -> tuple[SequenceFlow, ...]:
        """Return the arrows that leave a node, in document order."""
        return tuple(self._outgoing.get(node_id, ()))

    def incoming(self, node_id: str) -> tuple[SequenceFlow, ...]:
        """Return the arrows that lead to a node, in document order."""
        return tuple(self._incoming.get(node_id, ()))

    def boundary_events(self, activity_id: str) -> tuple[BoundaryEvent, ...]:
        """Return the events attached to an activity, in document order."""
        return tuple(self._boundary.get(activity_id, ()))

    def lane_of(self, node_id: str) -> Lane | None:
        """Return the innermost lane that names the node, or else the lane of the sub-process it stands in."""
        lane = self._lane.get(node_id)
        scope = self._scope.get(node_id)
        while lane is None and isinstance(scope, SubProcess):
            lane = self._lane.get(scope.id)
            scope = self._scope.get(scope.id)
        return lane

    def scope_of(self, element_id: str) -> Scope | None:
        """Return the process or sub-process that a node or flow stands in directly."""
        return self._scope.get(element_id)

    def process_of(self, element_id: str) -> Process | None:
        """Return the process that a node or flow belongs to, however deep it stands."""
        scope = self._scope.get(element_id)
        while isinstance(scope, SubProcess):
            scope = self._scope.get(scope.id)
        return scope

    def _enter(self, scope: Scope) -> None:
        for lane in lanes(scope):
            self._lane.update(dict.fromkeys(lane.node_refs, lane))
        for flow in scope.flows:
            self._scope[flow.id] = scope
            self._outgoing[flow.source].append(flow)
            self._incoming[flow.target].append(flow)
        for node in scope.nodes:
            self._scope[node.id] = scope
            if isinstance(node, BoundaryEvent):
                self._boundary[node.attached_to].append(node)
            if isinstance(node, SubProcess):
                self._enter(node)
