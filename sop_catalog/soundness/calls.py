"""A called process, seen from its caller: it takes a while, and then it ends, or lets an error or an escalation out.

What is called is proved by itself; where it comes to an end, its caller cannot tell it from this stand-in. Each
escalation is let out once at most.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine import notation
from engine.notation import (
    Activity,
    BoundaryEvent,
    CallActivity,
    Definitions,
    EndEvent,
    Error,
    ErrorDefinition,
    Escalation,
    EscalationDefinition,
    Event,
    ExclusiveGateway,
    Expression,
    FlowNode,
    IntermediateCatchEvent,
    IntermediateThrowEvent,
    Lookup,
    ManualTask,
    Message,
    MessageDefinition,
    Process,
    Scope,
    SendTask,
    SequenceFlow,
    ServiceTask,
    StartEvent,
    SubProcess,
    UserTask,
)
from engine.process import Bundle

STAND_IN: Final = "-stand-in"
"""What the id of the drawing of a stand-in ends with."""


@dataclass(frozen=True, slots=True)
class Escapes:
    """What may come out of a process besides its end: codes."""

    errors: tuple[str, ...] = ()
    escalations: tuple[str, ...] = ()


_NOTHING: Final = Escapes()
_WORK: Final = (UserTask, ManualTask, ServiceTask, SendTask)


def alone(bundle: Bundle) -> Bundle:
    """The same release with everything that its own process calls replaced by a stand-in."""
    drawing = bundle.drawings[bundle.code]
    process = drawing.process(bundle.code)
    called = {each.called for each, _ in notation.nodes(process) if isinstance(each, CallActivity)} if process else ()
    codes = sorted(each for each in called if each and each != bundle.code)
    called_in = _Called(bundle.drawings)
    stands = {code: stand_in(code, called_in.escapes_of(code), works=called_in.works(code)) for code in codes}
    return Bundle(bundle.code, {bundle.code: drawing, **stands})


class _Called:
    """What is called, however deep: each process is read once, however many call it."""

    def __init__(self, drawings: Mapping[str, Definitions]) -> None:
        self.drawings = drawings
        self._escapes: dict[str, Escapes] = {}
        self._works: dict[str, bool] = {}

    def escapes_of(self, code: str) -> Escapes:
        """What a process lets out, by itself or out of what it calls, as far as no boundary event catches it on the way."""
        if code not in self._escapes:
            self._escapes[code] = Escapes()  # by calling itself it lets out nothing more
            drawing = self.drawings.get(code)
            process = drawing.process(code) if drawing else None
            if drawing is not None and process is not None:
                self._escapes[code] = _Reader(self, drawing).out_of(process)
        return self._escapes[code]

    def works(self, code: str) -> bool:
        """Whether somebody does something in a process: only then can it fail, and an outcome be chosen in it."""
        if code not in self._works:
            self._works[code] = True  # nobody knows
            drawing = self.drawings.get(code)
            process = drawing.process(code) if drawing else None
            if process is not None:
                found = [node for node, _ in notation.nodes(process)]
                called = {each.called or "" for each in found if isinstance(each, CallActivity)}
                self._works[code] = any(isinstance(each, _WORK) for each in found) or any(map(self.works, called))
        return self._works[code]


class _Reader:
    def __init__(self, called: _Called, drawing: Definitions) -> None:
        self.called = called
        self.lookup = Lookup(drawing)
        self.codes = {each.id: each.code or "" for each in drawing.errors}
        self.codes |= {each.id: each.code or "" for each in drawing.escalations}

    def out_of(self, scope: Scope) -> Escapes:
        errors: dict[str, None] = {}
        escalations: dict[str, None] = {}
        for node in scope.nodes:
            if isinstance(node, EndEvent | IntermediateThrowEvent):
                errors.update(dict.fromkeys(self._named(node, ErrorDefinition)))
                escalations.update(dict.fromkeys(self._named(node, EscalationDefinition)))
            inner = self._inner(node)
            errors.update(dict.fromkeys(self._uncaught(node, inner.errors, ErrorDefinition)))
            escalations.update(dict.fromkeys(self._uncaught(node, inner.escalations, EscalationDefinition)))
        return Escapes(tuple(errors), tuple(escalations))

    def _inner(self, node: FlowNode) -> Escapes:
        if isinstance(node, SubProcess):
            return self.out_of(node)
        if isinstance(node, CallActivity) and node.called:
            return self.called.escapes_of(node.called)
        return Escapes()

    def _uncaught(self, node: FlowNode, codes: tuple[str, ...], kind: type) -> Iterator[str]:
        edge = self.lookup.boundary_events(node.id) if isinstance(node, Activity) else ()
        caught = {code for event in edge for code in self._named(event, kind)}
        yield from (code for code in codes if not {code, ""} & caught)

    def _named(self, event: Event | BoundaryEvent, kind: type) -> Iterator[str]:
        for each in event.definitions:
            if isinstance(each, kind) and isinstance(each, ErrorDefinition):
                yield self.codes.get(each.error or "", "")
            elif isinstance(each, kind) and isinstance(each, EscalationDefinition):
                yield self.codes.get(each.escalation or "", "")


def stand_in(code: str, escapes: Escapes = _NOTHING, *, works: bool = True) -> Definitions:
    """A process that takes a while, may let out each escalation, and then ends or lets out one of the errors.

    Where nobody `works` in it, it only waits.
    """
    nodes: list[FlowNode] = [StartEvent(id="begin"), _while("work", works=works)]
    flows = [SequenceFlow(id="on", source="begin", target="work")]
    at = "work"
    for number, _ in enumerate(escapes.escalations):
        turn, thrown, rest = f"turn{number}", f"tell{number}", f"work{number}"
        definition = EscalationDefinition(escalation=f"escalation{number}")
        nodes.append(ExclusiveGateway(id=turn, default=f"{turn}-skip"))
        nodes.append(IntermediateThrowEvent(id=thrown, definitions=(definition,)))
        nodes.append(_while(rest, works=works))
        nodes.append(ExclusiveGateway(id=f"{turn}-after"))
        flows.append(SequenceFlow(id=f"{turn}-in", source=at, target=turn))
        flows.append(_if(f"{turn}-tell", turn, thrown))
        flows.append(SequenceFlow(id=f"{turn}-rest", source=thrown, target=rest))
        flows.append(SequenceFlow(id=f"{turn}-on", source=rest, target=f"{turn}-after"))
        flows.append(SequenceFlow(id=f"{turn}-skip", source=turn, target=f"{turn}-after"))
        at = f"{turn}-after"
    nodes += [ExclusiveGateway(id="last", default="well" if escapes.errors else None), EndEvent(id="end")]
    flows += [SequenceFlow(id="out", source=at, target="last"), SequenceFlow(id="well", source="last", target="end")]
    for number, _ in enumerate(escapes.errors):
        nodes.append(EndEvent(id=f"error{number}-end", definitions=(ErrorDefinition(error=f"error{number}"),)))
        flows.append(_if(f"error{number}-way", "last", f"error{number}-end"))
    return Definitions(
        id=f"{code}{STAND_IN}",
        messages=(Message(id="word", name="lajur"),),
        errors=tuple(Error(id=f"error{n}", code=each) for n, each in enumerate(escapes.errors)),
        escalations=tuple(Escalation(id=f"escalation{n}", code=each) for n, each in enumerate(escapes.escalations)),
        processes=(Process(id=code, executable=True, nodes=tuple(nodes), flows=tuple(flows)),),
    )


def _while(name: str, *, works: bool) -> FlowNode:
    waits = IntermediateCatchEvent(id=name, definitions=(MessageDefinition(message="word"),))
    return ManualTask(id=name) if works else waits


def _if(flow: str, source: str, target: str) -> SequenceFlow:
    return SequenceFlow(
        id=flow, source=source, target=target, condition=Expression(text=f"lajur_{flow.replace('-', '_')}")
    )
