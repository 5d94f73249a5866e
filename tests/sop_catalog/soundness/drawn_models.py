"""A small model as a drawing of BPMN, so that the catalogue can be asked about it."""

from __future__ import annotations

from collections import Counter

from engine.machine.state import BOUNDARY, CATCH, GATEWAY, JOIN, TASK
from engine.notation import (
    BoundaryEvent,
    CallActivity,
    Definitions,
    EndEvent,
    EventBasedGateway,
    ExclusiveGateway,
    Expression,
    FlowNode,
    InclusiveGateway,
    IntermediateCatchEvent,
    ParallelGateway,
    Process,
    SequenceFlow,
    StartEvent,
    TerminateDefinition,
    TimerDefinition,
    UserTask,
)
from engine.process import Bundle
from sop_catalog.soundness.space import Space
from tests.sop_catalog.soundness.brute_force import Marking, Model

TIMER = TimerDefinition(kind="duration", expression=Expression(text="PT1H"))


def drawn(model: Model, code: str = "model", calls: frozenset[int] = frozenset(), called: str = "") -> Definitions:
    """The drawing; `calls` are tasks that are drawn as calls instead."""
    nodes = tuple(_node(model, number, called if number in calls else "") for number in range(len(model.kinds)))
    flows = tuple(_flow(model, number, code) for number in range(len(model.arrows)))
    return Definitions(id=code, processes=(Process(id=code, executable=True, nodes=nodes, flows=flows),))


def bundle_of(model: Model) -> Bundle:
    """The model alone."""
    return Bundle("model", {"model": drawn(model)})


def _node(model: Model, number: int, called: str) -> FlowNode:
    name = f"n{number}"
    out = model.out(number)
    default = f"f{out[-1]}" if len(out) > 1 else None
    kinds: dict[str, FlowNode] = {
        "start": StartEvent(id=name),
        "end": EndEvent(id=name),
        "terminate": EndEvent(id=name, definitions=(TerminateDefinition(),)),
        "xor": ExclusiveGateway(id=name, default=default),
        "or": InclusiveGateway(id=name, default=default),
        "and": ParallelGateway(id=name),
        "events": EventBasedGateway(id=name),
        "boundary": BoundaryEvent(id=name, attached_to=f"n{model.hosts.get(number, 0)}", definitions=(TIMER,)),
        "catch": IntermediateCatchEvent(id=name, definitions=(TIMER,)),
        "alternative": IntermediateCatchEvent(id=name, definitions=(TIMER,)),
        "task": CallActivity(id=name, called=called) if called else UserTask(id=name),
    }
    return kinds[model.kinds[number]]


def _flow(model: Model, number: int, code: str) -> SequenceFlow:
    source, target = model.arrows[number]
    out = model.out(source)
    chooses = model.kinds[source] in ("xor", "or") and len(out) > 1 and number != out[-1]
    condition = Expression(text=f"{code}_{number}") if chooses else None
    return SequenceFlow(id=f"f{number}", source=f"n{source}", target=f"n{target}", condition=condition)


def marking(space: Space, model: Model, state: int) -> Marking:
    """A state as the oracle writes it down."""
    found: Counter[tuple[int, ...]] = Counter()
    program = space.steps.program
    for token in space.states[state].tokens:
        node = int(program.nodes[token.node].id[1:])
        under = token.up != 0
        if token.kind == JOIN:
            found[node, model.into(node)[token.place]] += 1
        elif token.kind in (TASK, CATCH, GATEWAY) and not under:
            found[(node,)] += 1
        else:
            assert token.kind in (BOUNDARY, CATCH)
    return frozenset(found.items())
