"""Makes the BPMN element of each row of an SOP table. What leads where is not decided here (`ways`, `elements`)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.domain.release import Activity as Facts
from engine.notation import (
    Activity,
    BoundaryEvent,
    CallActivity,
    DataItem,
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
    ManualTask,
    Message,
    MessageDefinition,
    MultiInstance,
    ParallelGateway,
    ReceiveTask,
    SendTask,
    ServiceTask,
    StartEvent,
    Task,
    TerminateDefinition,
    TimerDefinition,
    UserTask,
)
from sop_catalog.diagram.extending import write_activity
from sop_catalog.procedure import slug
from sop_catalog.sheets.table import Catch, EndRow, ForkRow, GroupRow, StartRow, StepRow
from sop_catalog.sheets.ways import catch_id, numbered
from sop_catalog.sheets.wording import timer_text

_TASKS: dict[str, type[Task]] = {
    "user": UserTask,
    "manual": ManualTask,
    "service": ServiceTask,
}


class Declared:
    """The messages, errors and escalations that a table names, each declared once."""

    def __init__(self) -> None:
        self.messages: dict[str, Message] = {}
        self.errors: dict[str, Error] = {}
        self.escalations: dict[str, Escalation] = {}

    def message(self, name: str) -> str:
        return self.messages.setdefault(name, Message(id=_id("message", name), name=name)).id

    def error(self, code: str) -> str:
        return self.errors.setdefault(code, Error(id=_id("error", code), name=code, code=code)).id

    def escalation(self, code: str) -> str:
        return self.escalations.setdefault(code, Escalation(id=_id("escalation", code), name=code, code=code)).id


def start_event(row: StartRow, declared: Declared, node: str = "start") -> StartEvent:
    """Make the event that sets an SOP, or a group of steps, going."""
    definitions: tuple[EventDefinition, ...] = ()
    if row.kind == "message":
        definitions = (MessageDefinition(id=f"{node}_pesan", message=declared.message(row.message or row.name)),)
    elif row.kind == "timer":
        definitions = (_timer(node, row.after),)
    return StartEvent(id=node, name=row.name, definitions=definitions)


def end_event(row: EndRow, declared: Declared) -> EndEvent:
    """Make an event in which the SOP is over."""
    code = row.code or row.name
    made: dict[str, EventDefinition] = {"terminate": TerminateDefinition(id=f"{row.id}_akhir")}
    if row.kind == "error":
        made["error"] = ErrorDefinition(id=f"{row.id}_galat", error=declared.error(code))
    elif row.kind == "escalation":
        made["escalation"] = EscalationDefinition(id=f"{row.id}_eskalasi", escalation=declared.escalation(code))
    elif row.kind == "message":
        made["message"] = MessageDefinition(id=f"{row.id}_pesan", message=declared.message(code))
    return EndEvent(id=row.id, name=row.name, definitions=(made[row.kind],) if row.kind in made else ())


def step_nodes(row: StepRow, process: str, declared: Declared) -> Iterator[FlowNode]:
    """Make the activity or event of one step and the events on its border."""
    yield _step(row, process, declared)
    yield from boundary_events(row.id, row.catches, declared)


def boundary_events(host: str, catches: tuple[Catch, ...], declared: Declared) -> Iterator[BoundaryEvent]:
    """Make the events on the border of a step or group."""
    for each, number in numbered(catches):
        node = catch_id(host, each.kind, number)
        yield BoundaryEvent(
            id=node,
            name=each.name or (duration_words(each.what) if each.kind == "timer" else each.what),
            attached_to=host,
            interrupting=each.interrupting,
            definitions=(_caught(node, each, declared),),
        )


def gateway(row: ForkRow, node: str, name: str = "", default: str | None = None) -> FlowNode:
    """Make the fork of a row, or (under the id of its join) the place where its ways come together."""
    if row.kind == "parallel":
        return ParallelGateway(id=node, name=name)
    if row.kind == "event":
        return EventBasedGateway(id=node, name=name) if node == row.id else ExclusiveGateway(id=node, name=name)
    if row.kind == "exclusive":
        return ExclusiveGateway(id=node, name=name, default=default)
    return InclusiveGateway(id=node, name=name, default=default)


def many(row: StepRow | GroupRow) -> MultiInstance | None:
    """Make the mark of a step that is done once for each of a list."""
    if not row.each:
        return None
    item = DataItem(id=f"{row.id}_butir", name=row.item) if row.item else None
    return MultiInstance(id=f"{row.id}_tiap", sequential=row.sequential, collection=row.each, item=item)


def duration_words(text: str) -> str:
    """Return a timer's time in words (`PT72H` → `72 jam`, `working days(3)` → `3 hari kerja`), any other text as it is."""
    return timer_text(text) or text


def _step(row: StepRow, process: str, declared: Declared) -> FlowNode:
    if row.kind == "timer":
        return IntermediateCatchEvent(id=row.id, name=row.name, definitions=(_timer(row.id, row.after),))
    if row.kind in {"message", "throw-message"}:
        told = MessageDefinition(id=f"{row.id}_pesan", message=declared.message(row.message))
        kind = IntermediateCatchEvent if row.kind == "message" else IntermediateThrowEvent
        return kind(id=row.id, name=row.name, definitions=(told,))
    if row.kind == "escalate":
        raised = EscalationDefinition(id=f"{row.id}_eskalasi", escalation=declared.escalation(row.message))
        return IntermediateThrowEvent(id=row.id, name=row.name, definitions=(raised,))
    return _activity(row, process, declared)


def _activity(row: StepRow, process: str, declared: Declared) -> Activity:
    said = write_activity(
        Facts(
            process=process,
            element=row.id,
            name=row.name,
            kind=row.kind,
            allowance=row.allowance,
            requirements=row.requirements,
            output=row.output,
            legal=row.legal,
            note=row.note,
            form=row.form,
            stage=row.stage,
            stage_allowance=row.stage_allowance,
            act=row.act,
        )
    )
    instruction = (row.instruction,) if row.instruction else ()
    loop = many(row)
    if row.kind == "call":
        return CallActivity(
            id=row.id, name=row.name, documentation=instruction, extensions=said, loop=loop, called=row.calls
        )
    if row.kind in {"receive", "send"}:
        message = declared.message(row.message) if row.message else None
        task = ReceiveTask if row.kind == "receive" else SendTask
        return task(id=row.id, name=row.name, documentation=instruction, extensions=said, loop=loop, message=message)
    return _TASKS[row.kind](id=row.id, name=row.name, documentation=instruction, extensions=said, loop=loop)


def _caught(node: str, catch: Catch, declared: Declared) -> EventDefinition:
    if catch.kind == "timer":
        return _timer(node, catch.what)
    if catch.kind == "error":
        return ErrorDefinition(id=f"{node}_isi", error=declared.error(catch.what))
    if catch.kind == "message":
        return MessageDefinition(id=f"{node}_isi", message=declared.message(catch.what))
    return EscalationDefinition(id=f"{node}_isi", escalation=declared.escalation(catch.what))


def _timer(node: str, after: str) -> TimerDefinition:
    return TimerDefinition(id=f"{node}_waktu", kind="duration", expression=Expression(text=after))


def _id(kind: str, name: str) -> str:
    return f"{kind}_{slug(name).replace('-', '_')}"
