"""Makes a row of each element of a drawing: steps, forks, groups, ends and starts, with every word spelt out.

What it has no word for is left out here; `undrawing.same` finds what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.domain.release import Activity as Facts
from engine.notation import (
    Activity,
    BoundaryEvent,
    CallActivity,
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
    ManualTask,
    MessageDefinition,
    MultiInstance,
    ParallelGateway,
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
)
from sop_catalog.diagram.extension import read_activity
from sop_catalog.diagram.outcomes import outcome_of
from sop_catalog.sheets.groups import end_of, start_of
from sop_catalog.sheets.table import HEARERS, Catch, EndRow, Exit, ForkRow, GroupRow, StartRow, StepRow
from sop_catalog.sheets.undrawing.names import Names

_TASKS: dict[type[FlowNode], str] = {
    UserTask: "user",
    ManualTask: "manual",
    ServiceTask: "service",
    SendTask: "send",
    ReceiveTask: "receive",
    CallActivity: "call",
}
_FORKS: dict[type[FlowNode], str] = {
    ParallelGateway: "parallel",
    InclusiveGateway: "inclusive",
    ExclusiveGateway: "exclusive",
    EventBasedGateway: "event",
}
_EVENTS: dict[tuple[type[FlowNode], type[EventDefinition]], str] = {
    (IntermediateCatchEvent, TimerDefinition): "timer",
    (IntermediateCatchEvent, MessageDefinition): "message",
    (IntermediateThrowEvent, MessageDefinition): "throw-message",
    (IntermediateThrowEvent, EscalationDefinition): "escalate",
}


class Rows:
    """The rows of one process, in the order in which they are drawn."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.lookup = names.lookup
        self.scopes: list[Scope] = [names.process, *_groups(names.process)]

    def steps(self) -> Iterator[StepRow]:
        yield from self._steps(self.names.process)

    def _steps(self, scope: Scope) -> Iterator[StepRow]:
        for node in scope.nodes:
            if isinstance(node, SubProcess):
                yield from self._steps(node)
            elif kind := step_kind(node):
                yield self._step(node, kind)

    def _step(self, node: FlowNode, kind: str) -> StepRow:
        decided = self.lookup.node(self.names.decides.get(node.id, ""))
        exits = self.lookup.outgoing(decided.id) if decided else ()
        onward = () if decided else self.lookup.outgoing(node.id)
        said = (
            read_activity(node, self.names.process, self.lookup)
            if isinstance(node, Activity)
            else Facts("", "", "", "")
        )
        loop = node.loop if isinstance(node, Activity) else None
        pool, message, inward = self._talk(node.id)
        return StepRow(
            id=node.id,
            kind=kind,
            name=node.name,
            lane=self.names.lane_of(node.id),
            group=self.names.group_of(node.id),
            instruction=said.instruction,
            allowance=said.allowance,
            requirements=said.requirements,
            output=said.output,
            legal=said.legal,
            note=said.note,
            act=said.act,
            stage=said.stage,
            stage_allowance=said.stage_allowance,
            form=said.form,
            calls=(node.called or "") if isinstance(node, CallActivity) else "",
            message=self._message(node) or message,
            after=_after(node),
            each=(loop.collection or "") if isinstance(loop, MultiInstance) else "",
            item=loop.item.name if isinstance(loop, MultiInstance) and loop.item else "",
            sequential=isinstance(loop, MultiInstance) and loop.sequential,
            talks_to=pool,
            hears=inward and kind in HEARERS,
            question=decided.name if decided else "",
            exits=tuple(self._exit(flow, decided) for flow in exits) if decided else (),
            to=self.names.goal(onward[0]) if onward else "",
            catches=self._catches(node.id),
        )

    def forks(self) -> Iterator[ForkRow]:
        """Return forks and joins; a gateway that gathers what the fork before it parted is its join."""
        for scope in self.scopes:
            yield from self._forks(scope)

    def _forks(self, scope: Scope) -> Iterator[ForkRow]:
        order = [flow.source for flow in scope.flows]
        decided = set(self.names.decides.values())
        loose = [each for each in scope.nodes if type(each) in _FORKS and each.id not in decided]
        waiting: ForkRow | None = None
        for node in sorted(loose, key=lambda each: order.index(each.id) if each.id in order else len(order)):
            flows, kind = self.lookup.outgoing(node.id), _FORKS[type(node)]
            meets = "exclusive" if waiting and waiting.kind == "event" else waiting and waiting.kind
            if waiting and kind == meets and self._gathers(node, flows, waiting):
                yield _joined(waiting, node.id, self.names.goal(flows[0]))
                waiting = None
                continue
            if waiting:
                yield waiting
            ways = tuple(self._exit(flow, node, officer=False) for flow in flows)
            group, lane = self.names.group_of(node.id), self.names.lane_of(node.id)
            waiting = ForkRow(node.id, kind, ways, name=node.name, lane=lane, group=group)
            if len(flows) == 1:
                yield waiting
                waiting = None
        if waiting:
            yield waiting

    def _gathers(self, node: FlowNode, flows: tuple[SequenceFlow, ...], fork: ForkRow) -> bool:
        plain = len(flows) == 1 and not (flows[0].name or flows[0].condition or getattr(node, "default", None))
        return plain and not node.name and self.names.lane_of(node.id) == fork.lane

    def groups(self) -> Iterator[GroupRow]:
        for node in self.scopes[1:]:
            around = self.lookup.scope_of(node.id)
            onward = self.lookup.outgoing(node.id)
            loop = node.loop if isinstance(node, SubProcess) else None
            yield GroupRow(
                id=node.id,
                name=node.name,
                to=self.names.goal(onward[0]) if onward and around and self._leads_first(onward[0], around) else "",
                catches=self._catches(node.id),
                each=(loop.collection or "") if isinstance(loop, MultiInstance) else "",
                item=loop.item.name if isinstance(loop, MultiInstance) and loop.item else "",
                sequential=isinstance(loop, MultiInstance) and loop.sequential,
                group=self.names.group_of(node.id),
            )

    def _leads_first(self, flow: SequenceFlow, around: Scope) -> bool:
        """Where nothing in a group leads out of it, or the table said it first, the group itself says where it leads."""
        sources = [each.source for each in around.flows]
        starts = [each.id for each in around.nodes if isinstance(each, StartEvent) and each.id in sources]
        inner = self.lookup.node(flow.source)
        ends = (
            {each.id for each in inner.nodes if isinstance(each, EndEvent)} if isinstance(inner, SubProcess) else set()
        )
        leaves = any(self.names.name(each) == end_of(flow.source) and self.lookup.incoming(each) for each in ends)
        return not leaves or any(sources.index(flow.source) < sources.index(each) for each in starts)

    def ends(self) -> Iterator[EndRow]:
        for scope in self.scopes:
            for node in scope.nodes:
                group = self.names.group_of(node.id)
                if isinstance(node, EndEvent) and not (group and self.names.name(node.id) == end_of(group)):
                    yield self._end(node, group)

    def _end(self, node: EndEvent, group: str) -> EndRow:
        said = node.definitions[0] if node.definitions else None
        kind, code = "none", ""
        if isinstance(said, TerminateDefinition):
            kind = "terminate"
        elif isinstance(said, ErrorDefinition | EscalationDefinition | MessageDefinition):
            kind = "error" if isinstance(said, ErrorDefinition) else "message"
            kind = "escalation" if isinstance(said, EscalationDefinition) else kind
            code = self._told(said)
        return EndRow(node.id, node.name, kind, code, self.names.lane_of(node.id), group)

    def starts(self) -> Iterator[StartRow]:
        found = [each for each in self.names.process.nodes if isinstance(each, StartEvent)]
        for node in sorted(found, key=lambda each: self.names.name(each.id) != "start"):
            said = node.definitions[0] if node.definitions else None
            onward = self.lookup.outgoing(node.id)
            yield StartRow(
                kind=_start_kind(said),
                name=node.name,
                to=self.names.goal(onward[0]) if onward else "",
                message=self._told(said) if isinstance(said, MessageDefinition) else "",
                after=said.text if isinstance(said, TimerDefinition) else "",
                id=self.names.name(node.id),
            )

    def _exit(self, flow: SequenceFlow, gateway: FlowNode, *, officer: bool = True) -> Exit:
        value = (outcome_of(flow) or "") if officer else ""
        when = flow.condition.text if flow.condition and not value else ""
        return Exit(self.names.goal(flow), value, when, flow.name, getattr(gateway, "default", None) == flow.id)

    def _catches(self, host: str) -> tuple[Catch, ...]:
        return tuple(self._catch(kind, each) for kind, each in self.names.catches(host))

    def _catch(self, kind: str, event: BoundaryEvent) -> Catch:
        said = event.definitions[0]
        what = said.text if isinstance(said, TimerDefinition) else self._told(said)
        onward = self.lookup.outgoing(event.id)
        return Catch(kind, what, self.names.goal(onward[0]) if onward else "", event.interrupting, event.name)

    def _message(self, node: FlowNode) -> str:
        if isinstance(node, SendTask | ReceiveTask):
            return self._declared(node.message)
        return self._told(node.definitions[0]) if isinstance(node, Event) and node.definitions else ""

    def _told(self, said: EventDefinition) -> str:
        if isinstance(said, MessageDefinition):
            return self._declared(said.message)
        if isinstance(said, ErrorDefinition):
            return self._declared(said.error)
        return self._declared(said.escalation) if isinstance(said, EscalationDefinition) else ""

    def _declared(self, name: str | None) -> str:
        found = self.lookup.find(name or "")
        return (getattr(found, "code", None) or found.name) if found else ""

    def _talk(self, node: str) -> tuple[str, str, bool]:
        for collaboration in self.lookup.definitions.collaborations:
            for flow in collaboration.message_flows:
                if node in {flow.source, flow.target}:
                    other = flow.target if flow.source == node else flow.source
                    pool = self.names.name(other).removeprefix("pool_")
                    return pool, self._declared(flow.message), flow.target == node
        return "", "", False


def step_kind(node: FlowNode) -> str:
    """Return the word of a table for a step; empty for what is no step, or one that it has no word for."""
    if isinstance(node, Event):
        return _EVENTS.get((type(node), type(node.definitions[0])), "") if len(node.definitions) == 1 else ""
    return _TASKS.get(type(node), "")


def is_known(node: FlowNode, names: Names) -> bool:
    """Whether a table has a word for a node at all."""
    if isinstance(node, BoundaryEvent):
        return names.name(node.id) != node.id or any(each is node for _, each in names.catches(node.attached_to))
    if isinstance(node, StartEvent):
        return not names.group_of(node.id) or names.name(node.id) == start_of(names.group_of(node.id))
    return isinstance(node, EndEvent | SubProcess) or type(node) in _FORKS or bool(step_kind(node))


def _joined(fork: ForkRow, join: str, onward: str) -> ForkRow:
    return ForkRow(fork.id, fork.kind, fork.ways, join, onward, fork.name, fork.lane, fork.group)


def _groups(scope: Scope) -> Iterator[SubProcess]:
    for node in scope.nodes:
        if isinstance(node, SubProcess):
            yield node
            yield from _groups(node)


def _after(node: FlowNode) -> str:
    said = node.definitions[0] if isinstance(node, Event) and node.definitions else None
    return said.text if isinstance(said, TimerDefinition) else ""


def _start_kind(said: EventDefinition | None) -> str:
    if isinstance(said, MessageDefinition):
        return "message"
    return "timer" if isinstance(said, TimerDefinition) else "none"
