"""Which elements of a drawing become rows of the form, and how the arrows run between them once all the rest, which has
no symbol of the five, is passed through. What was passed is remembered for the remarks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.notation import (
    BoundaryEvent,
    ComplexGateway,
    EndEvent,
    ErrorDefinition,
    Event,
    ExclusiveGateway,
    FlowNode,
    Gateway,
    IntermediateThrowEvent,
    LinkDefinition,
    Lookup,
    Process,
    SequenceFlow,
    StartEvent,
    SubProcess,
    nodes,
)
from sop_catalog.diagram.outcomes import outcome_of
from sop_catalog.sheets.wording import message_text, timer_text


@dataclass(frozen=True, slots=True)
class Passage:
    """One arrow of the form, with the gateways that it passes on its way."""

    source: str
    target: str
    label: str = ""
    through: tuple[str, ...] = ()


class Passages:
    """The rows of one process and the arrows between them, in document order."""

    def __init__(self, process: Process, lookup: Lookup) -> None:
        self.lookup = lookup
        self.every = tuple(node for node, _ in nodes(process))
        self.rows = tuple(each for each in self.every if self.is_row(each))
        self._row_ids = {each.id for each in self.rows}
        self.arrows = tuple(arrow for row in self.rows for arrow in self._arrows(row))

    def is_row(self, node: FlowNode) -> bool:
        """Whether an element is drawn as a symbol of its own."""
        if isinstance(node, BoundaryEvent):
            return False
        if isinstance(node, StartEvent):
            around = self.lookup.scope_of(node.id)
            return not isinstance(around, SubProcess) or around.triggered_by_event
        if isinstance(node, EndEvent):
            return not isinstance(self.lookup.scope_of(node.id), SubProcess)
        if isinstance(node, SubProcess):
            return not node.nodes
        if isinstance(node, Gateway):
            return isinstance(node, ExclusiveGateway | ComplexGateway) and len(self.lookup.outgoing(node.id)) > 1
        return not _passes_by(node)

    def boundaries(self, row: FlowNode) -> tuple[BoundaryEvent, ...]:
        """The events on the border of a step, and of every group whose first step it is."""
        own = self.lookup.boundary_events(row.id)
        around = self.lookup.scope_of(row.id)
        if isinstance(around, SubProcess) and self.members(around)[:1] == (row.id,):
            own += self._outer(around)
        return own

    def _outer(self, group: SubProcess) -> tuple[BoundaryEvent, ...]:
        around = self.lookup.scope_of(group.id)
        own = self.lookup.boundary_events(group.id)
        first = isinstance(around, SubProcess) and self.members(around)[:1] == self.members(group)[:1]
        return own + self._outer(around) if first and isinstance(around, SubProcess) else own

    def members(self, group: SubProcess) -> tuple[str, ...]:
        """The rows that a group holds, however deep."""
        return tuple(node.id for node, _ in nodes(group) if self.is_row(node))

    def reached(self, event: FlowNode) -> tuple[str, ...]:
        """The rows that come next after an element that is none itself."""
        return tuple(dict.fromkeys(each.target for each in self._follow(event.id, event.id, "", (), {event.id})))

    def _arrows(self, row: FlowNode) -> Iterator[Passage]:
        found = list(self._follow(row.id, row.id, "", (), {row.id}))
        for event in self.boundaries(row):
            found += self._follow(row.id, event.id, _said(event), (), {event.id})
        told: set[tuple[str, str]] = set()
        for each in found:
            if (each.target, each.label) not in told:
                told.add((each.target, each.label))
                yield each

    def _follow(self, source: str, at: str, label: str, through: tuple[str, ...], seen: set[str]) -> Iterator[Passage]:
        """Walk on from an element until rows are met; what was already passed is not passed again."""
        for target, written in self._beyond(at):
            said = label or written
            if target in self._row_ids:
                yield Passage(source, target, said, through)
            elif target not in seen:
                seen.add(target)
                node = self.lookup.node(target)
                passed = (*through, target) if isinstance(node, Gateway) else through
                yield from self._follow(source, target, said, passed, seen)

    def _beyond(self, at: str) -> Iterator[tuple[str, str]]:
        """Where a token goes on to from an element, with what is written there: over arrows, links and borders of groups."""
        node = self.lookup.node(at)
        if isinstance(node, SubProcess) and node.nodes:
            yield from ((each.id, "") for each in _begins(node, self.lookup))
            return
        yield from ((flow.target, label_of(flow, node, self.lookup)) for flow in self.lookup.outgoing(at))
        if isinstance(node, IntermediateThrowEvent):
            yield from ((each.id, "") for each in self._catches(node))
        around = self.lookup.scope_of(at)
        if (
            isinstance(around, SubProcess)
            and not self.lookup.outgoing(at)
            and not isinstance(node, IntermediateThrowEvent)
        ):
            yield from self._out_of(around, node)

    def _out_of(self, group: SubProcess, end: FlowNode | None) -> Iterator[tuple[str, str]]:
        caught = [each for each in self.lookup.boundary_events(group.id) if _catches_error(each, end)]
        if caught:
            yield from ((flow.target, each.name) for each in caught for flow in self.lookup.outgoing(each.id))
            return
        yield from ((flow.target, flow.name) for flow in self.lookup.outgoing(group.id))
        around = self.lookup.scope_of(group.id)
        if isinstance(around, SubProcess) and not self.lookup.outgoing(group.id):
            yield from self._out_of(around, None)

    def _catches(self, throw: IntermediateThrowEvent) -> Iterator[FlowNode]:
        names = {each.name for each in throw.definitions if isinstance(each, LinkDefinition)}
        for each in self.every:
            if each.id != throw.id and isinstance(each, Event) and names & _link_names(each):
                yield each


def label_of(flow: SequenceFlow, source: FlowNode | None, lookup: Lookup) -> str:
    """What stands on an arrow: its name, else the outcome or the condition, else that it is the way otherwise."""
    if flow.name:
        return flow.name
    if len(lookup.outgoing(flow.source)) < 2:  # noqa: PLR2004 - the only way on needs no word
        return ""
    if flow.condition:
        return outcome_of(flow) or flow.condition.text.strip().removeprefix("=").strip()
    default = getattr(source, "default", None)
    return "selain itu" if default == flow.id or isinstance(source, ExclusiveGateway) else ""


def _passes_by(node: FlowNode) -> bool:
    if not isinstance(node, Event):
        return False
    if isinstance(node, IntermediateThrowEvent) and not node.definitions:
        return True
    return any(isinstance(each, LinkDefinition) for each in node.definitions)


def _said(event: BoundaryEvent) -> str:
    """What stands on the arrow of an event on a border."""
    return timer_text(event.name) or message_text(event.name) or "waktu habis"


def _link_names(event: Event) -> set[str]:
    if isinstance(event, IntermediateThrowEvent):
        return set()
    return {each.name for each in event.definitions if isinstance(each, LinkDefinition)}


def _begins(group: SubProcess, lookup: Lookup) -> Iterator[FlowNode]:
    starts = [each for each in group.nodes if isinstance(each, StartEvent)]
    loose = (each for each in group.nodes if not isinstance(each, BoundaryEvent) and not lookup.incoming(each.id))
    yield from starts or (each for each in loose if not (isinstance(each, SubProcess) and each.triggered_by_event))


def _catches_error(event: BoundaryEvent, end: FlowNode | None) -> bool:
    if not isinstance(end, EndEvent):
        return False
    thrown = {each.error for each in end.definitions if isinstance(each, ErrorDefinition)}
    caught = {each.error for each in event.definitions if isinstance(each, ErrorDefinition)}
    return bool(thrown and caught) and (None in caught or bool(thrown & caught))
