"""From a bundle of drawings to a program. It judges nothing: the profile has let the drawings through.

Numbers are given in the order of process ids and, within a process, of the drawing. Snapshots rely on that order: it
is part of their format.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine import notation
from engine.domain.limits import Limits
from engine.expression import Condition, text_of
from engine.machine.behaviours import BEHAVIOURS, kind_of
from engine.machine.multi import Multi
from engine.machine.program import Behaviour, Body, Flow, Node, Program
from engine.machine.reach import edges_of, reaches
from engine.machine.reading import Reading
from engine.notation import Activity, CallActivity, FlowNode, Lookup, Process, Scope, SubProcess
from engine.process import Bundle, Start

OUTCOME = "outcome"
"""What an officer decided: it comes with the completion and is kept nowhere, so no program declares to read it."""


def called_processes(bundle: Bundle) -> dict[str, Process]:
    """The processes that a bundle's own one needs, however deep, itself included; those missing are left out."""
    found: dict[str, Process] = {}
    waiting = deque([bundle.code])
    while waiting:
        code = waiting.popleft()
        process = process_in(bundle, code)
        if process is None or code in found:
            continue
        found[code] = process
        waiting.extend(
            node.called for node, _ in notation.nodes(process) if isinstance(node, CallActivity) and node.called
        )
    return dict(sorted(found.items()))


def process_in(bundle: Bundle, code: str) -> Process | None:
    """One process of a bundle."""
    drawing = bundle.drawings.get(code)
    return drawing.process(code) if drawing else None


def scopes_in(process: Process) -> Iterator[Scope]:
    """A process and the sub-processes in it."""
    yield process
    yield from (node for node, _ in notation.nodes(process) if isinstance(node, SubProcess))


@dataclass(slots=True)
class _Press:
    bundle: Bundle
    limits: Limits
    nodes: list[Node] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def number(self, processes: Mapping[str, Process]) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], int]]:
        drawn = [(code, node.id) for code, process in processes.items() for node, _ in notation.nodes(process)]
        scopes = [(code, scope.id) for code, process in processes.items() for scope in scopes_in(process)]
        return {key: index for index, key in enumerate(drawn)}, {key: index for index, key in enumerate(scopes)}


def compile_bundle(bundle: Bundle, limits: Limits) -> Program:
    """Make a program of a bundle that the profile lets through."""
    processes = called_processes(bundle)
    press = _Press(bundle, limits)
    numbers, bodies = press.number(processes)
    for code, process in processes.items():
        _add_process(press, process, _of(numbers, code), _of(bodies, code))
    press.nodes.sort(key=lambda node: node.index)
    own = processes[bundle.code]
    starts = [node for node in own.nodes if isinstance(node, notation.StartEvent)]
    own_numbers = _of(numbers, bundle.code)
    return Program(
        code=bundle.code,
        starts=tuple(_start(node, press.nodes[own_numbers[node.id]].behaviour) for node in starts),
        reads=frozenset(press.names - {OUTCOME}),
        nodes=tuple(press.nodes),
        bodies=tuple(press.bodies),
        limits=limits,
        digest=_digest(numbers),
        processes={code: bodies[code, code] for code in processes},
        start_nodes={node.id: own_numbers[node.id] for node in starts},
        joins=tuple(node for node in press.nodes if node.reaches),
    )


def _of(numbers: Mapping[tuple[str, str], int], code: str) -> dict[str, int]:
    return {element: index for (process, element), index in numbers.items() if process == code}


def _digest(numbers: Mapping[tuple[str, str], int]) -> str:
    drawn = "\n".join(f"{process}/{element}" for process, element in numbers)
    return hashlib.sha256(drawn.encode()).hexdigest()[:8]


def _start(drawn: notation.StartEvent, behaviour: Behaviour) -> Start:
    timer = behaviour.timer
    kind = behaviour.start
    if kind is None:
        raise TypeError(drawn.id)
    return Start(drawn.id, kind, behaviour.message, (timer.kind, timer.text) if timer else None)


def _add_process(press: _Press, process: Process, numbers: dict[str, int], bodies: dict[str, int]) -> None:
    definitions = press.bundle.drawings[process.id]
    lookup = Lookup(definitions)
    hidden: dict[str, frozenset[str]] = {process.id: frozenset()}
    for scope in scopes_in(process):
        links = {
            definition.name: numbers[node.id]
            for node in scope.nodes
            if isinstance(node, notation.IntermediateCatchEvent)
            for definition in node.definitions
            if isinstance(definition, notation.LinkDefinition)
        }
        reading = Reading(definitions, numbers, bodies, links)
        reach = reaches(scope, edges_of(scope), numbers)
        press.bodies.append(Body(process.id, numbers.get(scope.id, -1), numbers.get(none_start(scope), -1)))
        for drawn in scope.nodes:
            node = _node(drawn, lookup, reading, bodies[scope.id], reach.get(drawn.id, {}))
            press.nodes.append(node)
            press.names |= _names(node) - hidden[scope.id]
            if isinstance(drawn, SubProcess):
                hidden[drawn.id] = hidden[scope.id] | ({node.multi.item} if node.multi and node.multi.item else set())


def none_start(scope: Scope) -> str:
    """The one none start event of a scope, or nothing."""
    plain = [node.id for node in scope.nodes if isinstance(node, notation.StartEvent) and not node.definitions]
    return plain[0] if len(plain) == 1 else ""


def _node(drawn: FlowNode, lookup: Lookup, reading: Reading, body: int, reach: Mapping[int, int]) -> Node:
    numbers = reading.numbers
    process = lookup.process_of(drawn.id)
    default = getattr(drawn, "default", None)
    boundaries = lookup.boundary_events(drawn.id) if isinstance(drawn, Activity) else ()
    outgoing = tuple(_flow(flow, drawn, lookup, numbers, default) for flow in lookup.outgoing(drawn.id))
    return Node(
        index=numbers[drawn.id],
        id=drawn.id,
        process=process.id if process else "",
        body=body,
        behaviour=BEHAVIOURS[kind_of(drawn)].read(drawn, reading),
        incoming=len(lookup.incoming(drawn.id)),
        outgoing=outgoing,
        boundaries=tuple(numbers[event.id] for event in boundaries),
        multi=reading.multi_of(drawn) if isinstance(drawn, Activity) else None,
        chooses=any(flow.condition or flow.default for flow in outgoing),
        reaches=reach,
    )


def _flow(
    flow: notation.SequenceFlow, source: FlowNode, lookup: Lookup, numbers: Mapping[str, int], default: str | None
) -> Flow:
    slots = [each.id for each in lookup.incoming(flow.target)]
    condition = Condition(text_of(flow.condition), source.id) if flow.condition else None
    return Flow(flow.id, numbers[source.id], numbers[flow.target], slots.index(flow.id), condition, flow.id == default)


def _names(node: Node) -> frozenset[str]:
    timer, multi = node.behaviour.timer, node.multi
    names = [way.condition.names for way in node.outgoing if way.condition]
    return frozenset().union(*names, timer.names if timer else (), _multi_names(multi))


def _multi_names(multi: Multi | None) -> frozenset[str]:
    return multi.names if multi else frozenset()
