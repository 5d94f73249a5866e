"""A plan as a drawing of BPMN, so that the catalogue can be asked about it."""

from __future__ import annotations

from engine.notation import (
    BoundaryEvent,
    CallActivity,
    Definitions,
    EndEvent,
    Error,
    ErrorDefinition,
    Escalation,
    EscalationDefinition,
    EventBasedGateway,
    EventDefinition,
    ExclusiveGateway,
    Expression,
    FlowNode,
    InclusiveGateway,
    IntermediateCatchEvent,
    IntermediateThrowEvent,
    Message,
    MessageDefinition,
    MultiInstance,
    ParallelGateway,
    Process,
    ReceiveTask,
    SequenceFlow,
    StartEvent,
    SubProcess,
    TerminateDefinition,
    TimerDefinition,
    UserTask,
)
from engine.process import Bundle
from tests.sop_catalog.soundness.plans import BELOW, CODES, MAIN, Model, Plan, Step

TIMER = TimerDefinition(kind="duration", expression=Expression(text="PT1H"))
CYCLE = TimerDefinition(kind="cycle", expression=Expression(text="R2/PT1H"))
MESSAGE = MessageDefinition(message="surat")


def drawn(model: Model) -> Bundle:
    """The release of a model."""
    return Bundle(MAIN, {name: _Drawing(model, name).whole() for name in (MAIN, BELOW) if name in model})


class _Drawing:
    def __init__(self, model: Model, name: str) -> None:
        self.model = model
        self.name = name

    def whole(self) -> Definitions:
        nodes, flows = self._inside(self.model[self.name])
        return Definitions(
            id=f"drawing-{self.name}",
            messages=(Message(id="surat", name="surat"),),
            errors=tuple(Error(id=f"e{code}", code=code) for code in CODES if code[0] == "E"),
            escalations=tuple(Escalation(id=f"s{code}", code=code) for code in CODES if code[0] == "S"),
            processes=(Process(id=self.name, executable=True, nodes=nodes, flows=flows),),
        )

    def _inside(self, plan: Plan) -> tuple[tuple[FlowNode, ...], tuple[SequenceFlow, ...]]:
        nodes = tuple(self._node(plan, number, step) for number, step in plan.steps.items())
        return nodes, tuple(self._flow(plan, number) for number in plan.arrows)

    def _node(self, plan: Plan, number: int, step: Step) -> FlowNode:
        name = f"n{number}"
        default = f"f{plan.out(number)[-1]}" if plan.chooses(number) else None
        if step.host >= 0:
            definitions = (_trigger(step),)
            return BoundaryEvent(id=name, attached_to=f"n{step.host}", interrupting=step.cuts, definitions=definitions)
        if step.kind == "sub":
            nodes, flows = self._inside(self.model[step.inner])
            return SubProcess(id=name, loop=_loop(number, step), nodes=nodes, flows=flows, default=default)
        simple: dict[str, FlowNode] = {
            "start": StartEvent(id=name),
            "end": EndEvent(id=name),
            "terminate": EndEvent(id=name, definitions=(TerminateDefinition(),)),
            "error": EndEvent(id=name, definitions=(ErrorDefinition(error=f"e{step.code}"),)),
            "tell-end": EndEvent(id=name, definitions=(EscalationDefinition(escalation=f"s{step.code}"),)),
            "tell": IntermediateThrowEvent(id=name, definitions=(EscalationDefinition(escalation=f"s{step.code}"),)),
            "pass": IntermediateThrowEvent(id=name),
            "xor": ExclusiveGateway(id=name, default=default),
            "or": InclusiveGateway(id=name, default=default),
            "and": ParallelGateway(id=name),
            "events": EventBasedGateway(id=name),
            "catch": IntermediateCatchEvent(id=name, definitions=(TIMER if number % 2 else MESSAGE,)),
            "alternative": IntermediateCatchEvent(id=name, definitions=(TIMER if number % 2 else MESSAGE,)),
            "task": UserTask(id=name, loop=_loop(number, step), default=default),
            "receive": ReceiveTask(id=name, loop=_loop(number, step), message="surat"),
            "call": CallActivity(id=name, loop=_loop(number, step), called=step.inner),
        }
        return simple[step.kind]

    def _flow(self, plan: Plan, number: int) -> SequenceFlow:
        source, target = plan.arrows[number]
        out = plan.out(source)
        condition = None
        if plan.chooses(source) and number != out[-1]:
            asked = f'outcome = "{out.index(number)}"' if plan.steps[source].asks_outcome else f"fakta_{number}"
            condition = Expression(text=asked)
        return SequenceFlow(id=f"f{number}", source=f"n{source}", target=f"n{target}", condition=condition)


def _loop(number: int, step: Step) -> MultiInstance | None:
    if not step.many:
        return None
    listed = {"cardinality": Expression(text=str(step.times))} if step.times else {"collection": f"daftar_{number}"}
    enough = Expression(text=f"cukup_{number}") if step.enough else None
    return MultiInstance(id=f"m{number}", sequential=step.many == "in turn", completion_condition=enough, **listed)


def _trigger(step: Step) -> EventDefinition:
    if step.kind == "error":
        return ErrorDefinition(error=f"e{step.code}" if step.code else None)
    if step.kind == "escalation":
        return EscalationDefinition(escalation=f"s{step.code}" if step.code else None)
    return MESSAGE if step.kind == "message" else TIMER if step.kind == "timer" else CYCLE
