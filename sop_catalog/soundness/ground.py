"""The ground that walks cover: every node and arrow of a release, and how far one is from another. Not a state."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

from engine import notation
from engine.expression import Condition, text_of
from engine.notation import (
    Activity,
    BoundaryEvent,
    CallActivity,
    Definitions,
    EndEvent,
    ErrorDefinition,
    EscalationDefinition,
    ExclusiveGateway,
    FlowNode,
    IntermediateCatchEvent,
    IntermediateThrowEvent,
    LinkDefinition,
    Lookup,
    MultiInstance,
    ParallelGateway,
    Process,
    Scope,
    SequenceFlow,
    SubProcess,
    TerminateDefinition,
)
from engine.process import Bundle

Spot: TypeAlias = tuple[str, str]
"""Process and element: a node or an arrow."""
FAR: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Way:
    """One arrow out of a choice."""

    flow: str
    condition: Condition | None
    is_default: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A node whose arrows are taken or not, as conditions say."""

    spot: Spot
    ways: tuple[Way, ...]
    takes_one: bool
    """The first that is true, as an exclusive gateway does; else every one that is true."""

    @property
    def names(self) -> frozenset[str]:
        """The facts that its conditions read."""
        return frozenset().union(*(way.condition.names for way in self.ways if way.condition))


class Ground:
    """One release, laid out for walking."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.processes: dict[str, Process] = {process.id: process for process in _reached(bundle)}
        self.lookups = {code: Lookup(bundle.drawings[code]) for code in self.processes}
        self.lines: dict[Spot, int] = {}
        self.choices: dict[Spot, Choice] = {}
        self.lists: dict[str, str | None] = {}
        """Fact that a multi-instance activity runs over → the name of its item."""
        self.errors: dict[Spot, list[str]] = defaultdict(list)
        """Activity → codes that a boundary event of it catches."""
        self._following: dict[Spot, set[Spot]] = defaultdict(set)
        for code, process in self.processes.items():
            self._lay(code, process)
        for code, process in self.processes.items():
            self._join_calls(code, process)

    @property
    def spots(self) -> frozenset[Spot]:
        """All that should be walked over."""
        return frozenset(self.lines)

    @cached_property
    def ends(self) -> frozenset[Spot]:
        """Where a path of the outermost process stops."""
        code = self.bundle.code
        process = self.processes[code]
        lookup = self.lookups[code]
        stops = {(code, node.id) for node in process.nodes if not lookup.outgoing(node.id) and not _throws_link(node)}
        inside = {spot for spot in self._following if spot[0] in self.processes and self._kills(spot)}
        return frozenset(stops | inside)

    def distances(self, targets: Iterable[Spot]) -> Mapping[Spot, int]:
        """How many steps every spot is from the nearest of some; those that cannot get there are left out."""
        before: dict[Spot, list[Spot]] = defaultdict(list)
        for spot, following in self._following.items():
            for each in following:
                before[each].append(spot)
        found = dict.fromkeys(targets, 0)
        waiting = deque(sorted(found))
        while waiting:
            spot = waiting.popleft()
            for each in sorted(before.get(spot, ())):
                if each not in found:
                    found[each] = found[spot] + 1
                    waiting.append(each)
        return found

    def catches(self, process: str, element: str, path: tuple[str, ...]) -> list[str]:
        """Codes of the errors that an activity or something around it catches."""
        around = [
            (process, element),
            *((place.rpartition("/")[0], place.rpartition("/")[2]) for place in reversed(path)),
        ]
        return list(dict.fromkeys(code for spot in around for code in self.errors.get(spot, ())))

    def conditions(self) -> Iterator[Condition]:
        """Every condition of an arrow."""
        for choice in self.choices.values():
            yield from (way.condition for way in choice.ways if way.condition)

    def _kills(self, spot: Spot) -> bool:
        process, element = spot
        node = self.lookups[process].node(element)
        scope = self.lookups[process].scope_of(element)
        stops = isinstance(node, EndEvent) and any(isinstance(each, TerminateDefinition) for each in node.definitions)
        return stops and process == self.bundle.code and isinstance(scope, Process)

    def _lay(self, code: str, scope: Scope) -> None:
        drawing, lookup = self.bundle.drawings[code], self.lookups[code]
        links = {
            name: node.id for node in scope.nodes if isinstance(node, IntermediateCatchEvent) for name in _links(node)
        }
        for flow in scope.flows:
            self.lines[code, flow.id] = flow.line
            self._following[code, flow.source].add((code, flow.id))
            self._following[code, flow.id].add((code, flow.target))
        for node in scope.nodes:
            self.lines[code, node.id] = node.line
            self._choice(code, node, lookup.outgoing(node.id))
            for name in _links(node) if isinstance(node, IntermediateThrowEvent) else ():
                self._following[code, node.id].add((code, links[name]))
            if isinstance(node, BoundaryEvent):
                self._boundary(code, node, drawing)
            if isinstance(node, Activity) and isinstance(node.loop, MultiInstance) and node.loop.collection:
                item = node.loop.item
                self.lists[node.loop.collection.strip()] = (item.name or item.id) if item else None
            if isinstance(node, SubProcess):
                self._lay(code, node)
                self._join(code, node, code, node)

    def _choice(self, code: str, node: FlowNode, leaving: tuple[SequenceFlow, ...]) -> None:
        if isinstance(node, ParallelGateway) or not any(flow.condition for flow in leaving):
            return
        default = getattr(node, "default", None)
        ways = tuple(
            Way(flow.id, Condition(text_of(flow.condition), node.id) if flow.condition else None, flow.id == default)
            for flow in leaving
        )
        self.choices[code, node.id] = Choice((code, node.id), ways, isinstance(node, ExclusiveGateway))

    def _boundary(self, code: str, node: BoundaryEvent, drawing: Definitions) -> None:
        self._following[code, node.attached_to].add((code, node.id))
        for definition in node.definitions:
            if isinstance(definition, ErrorDefinition):
                caught = next((each.code for each in drawing.errors if each.id == definition.error), None)
                self.errors[code, node.attached_to].append(caught or "LAIN")

    def _join_calls(self, code: str, process: Process) -> None:
        for node, _ in notation.nodes(process):
            called = self.processes.get(node.called or "") if isinstance(node, CallActivity) else None
            if called is not None:
                self._join(code, node, called.id, called)

    def _join(self, code: str, holder: FlowNode, inner_code: str, inner: Scope) -> None:
        """From an activity to the start inside it, from the ends inside to what follows, from throws to its edge."""
        lookup = self.lookups[inner_code]
        after = {(code, flow.id) for flow in self.lookups[code].outgoing(holder.id)}
        edge = {(code, event.id): event for event in self.lookups[code].boundary_events(holder.id)}
        for node in inner.nodes:
            spot = (inner_code, node.id)
            if isinstance(node, notation.StartEvent) and not node.definitions:
                self._following[code, holder.id].add(spot)
            if not lookup.outgoing(node.id) and not _throws_link(node):
                self._following[spot] |= after
            if isinstance(node, EndEvent | IntermediateThrowEvent):
                thrown = {
                    type(each) for each in node.definitions if isinstance(each, ErrorDefinition | EscalationDefinition)
                }
                for boundary, event in edge.items():
                    if thrown & {type(each) for each in event.definitions}:
                        self._following[spot].add(boundary)


def _reached(bundle: Bundle) -> Iterator[Process]:
    waiting, seen = deque([bundle.code]), set()
    while waiting:
        code = waiting.popleft()
        drawing = bundle.drawings.get(code)
        process = drawing.process(code) if drawing else None
        if process is None or code in seen:
            continue
        seen.add(code)
        yield process
        waiting.extend(
            node.called for node, _ in notation.nodes(process) if isinstance(node, CallActivity) and node.called
        )


def _links(node: notation.Event) -> list[str]:
    return [each.name for each in node.definitions if isinstance(each, LinkDefinition)]


def _throws_link(node: FlowNode) -> bool:
    return isinstance(node, IntermediateThrowEvent) and bool(_links(node))
