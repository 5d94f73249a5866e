"""What two editions of one SOP say differently, element by element. Nothing is left out: what has no word of its own is told too.

Elements are matched by their ids, which do not change when a drawing is drawn on. Whether a change is wise is not judged here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace

from engine.domain.release import Activity, Duty, Field
from engine.notation import (
    LAJUR,
    CallActivity,
    Definitions,
    Element,
    Event,
    Expression,
    FlowNode,
    Gateway,
    Lookup,
    MultiInstance,
    Process,
    SequenceFlow,
    SubProcess,
    TimerDefinition,
    lanes,
    nodes,
)
from engine.notation import Activity as Node
from sop_catalog.diagram.extension import read_activities, read_performer, read_procedure
from sop_catalog.diagram.settling import settle
from sop_catalog.procedure import Sheet


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that the second edition says otherwise."""

    of: str
    """`sheet`, `lane`, `step`, `event`, `decision`, `group`, `flow`, `party`, `other` or `layout`."""
    what: str
    """`added`, `removed`, `name`, `allowance`, …; of a form, `field-added`, `field-removed` or `field`."""
    element: str = ""
    name: str = ""
    """As the second edition calls the element; the first, where it is gone."""
    before: object = None
    after: object = None
    step: int = 0
    """Which step of the second edition it is (of the first, where it is gone), counted from 1."""
    detail: str = ""
    """Of a form, the label of the field; of a duty, its title; of a flow, where it leads."""
    aspect: str = ""
    """Of a field that changed: `label`, `kind`, …"""


_OF_SHEET = tuple(each.name for each in fields(Sheet) if each.name != "duties")
_OF_STEP = (
    "name",
    "kind",
    "performer",
    "instruction",
    "allowance",
    "requirements",
    "output",
    "legal",
    "note",
    "stage",
    "stage_allowance",
    "act",
)
_OF_FIELD = ("label", "kind", "required", "when", "choices", "bound", "help", "alone")


def compare(old: Definitions, new: Definitions, code: str) -> tuple[Change, ...]:
    """Tell every difference between two drawings of the procedure `code`, in the order of the sheet and the file."""
    before, after = old.process(code), new.process(code)
    if before is None or after is None:
        raise LookupError(code)
    one, other = _Side(old, before), _Side(new, after)
    found = [*_sheet(before, after), *_duties(one, other), *_lanes(before, after), *_nodes(one, other)]
    found += [*_flows(one, other), *_around(old, new)]
    if not found and _plain(old) != _plain(new):
        found.append(Change("other", "other"))
    if settle(new, old).diagrams != old.diagrams:
        found.append(Change("layout", "layout"))
    return tuple(found)


class _Side:
    """One of the two drawings, with what is asked of it more than once."""

    def __init__(self, drawing: Definitions, process: Process) -> None:
        self.drawing = drawing
        self.process = process
        self.lookup = Lookup(drawing)
        own = [each for each in read_activities(drawing) if each.process == process.id]
        self.steps = {each.element: each for each in own}
        self.numbers = {each.element: at for at, each in enumerate(own, 1)}
        self.nodes = {node.id: node for node, _ in nodes(process)}
        self.flows = {flow.id: flow for scope in _scopes(process) for flow in scope.flows}

    def duties(self) -> tuple[Duty, ...]:
        """Those of the cover sheet, with the names of the elements that they are counted between."""
        return tuple(
            replace(each, begins=self.named(each.begins), ends=self.named(each.ends))
            for each in read_procedure(self.process).sheet.duties
        )

    def named(self, element: str) -> str:
        found = self.lookup.find(element)
        return (found.name if found else "") or element


def _scopes(process: Process) -> Iterator[Process | SubProcess]:
    yield process
    yield from (node for node, _ in nodes(process) if isinstance(node, SubProcess))


def _sheet(before: Process, after: Process) -> Iterator[Change]:
    one, other = read_procedure(before), read_procedure(after)
    if one.title != other.title:
        yield Change("sheet", "title", before.id, before=one.title, after=other.title)
    for name in _OF_SHEET:
        was, now = getattr(one.sheet, name), getattr(other.sheet, name)
        if was != now:
            yield Change("sheet", name, before.id, before=was, after=now)


def _duties(one: _Side, other: _Side) -> Iterator[Change]:
    """Tell each duty by itself, counted between elements as people call them."""
    old, new = ({each.code: each for each in side.duties()} for side in (one, other))
    element = one.process.id
    for code in dict.fromkeys((*old, *new)):
        was, now = old.get(code), new.get(code)
        if was != now:
            said = now or was
            yield Change("sheet", "duty", element, before=was, after=now, detail=(said.title if said else "") or code)
    if old.keys() == new.keys() and [*old] != [*new]:
        yield Change("sheet", "duties", element, before=tuple(old.values()), after=tuple(new.values()))


def _lanes(before: Process, after: Process) -> Iterator[Change]:
    old, new = ({each.id: each for each in lanes(process)} for process in (before, after))
    yield from (Change("lane", "added", key, new[key].name) for key in new if key not in old)
    yield from (Change("lane", "removed", key, old[key].name) for key in old if key not in new)
    for key in (each for each in new if each in old):
        was, now = read_performer(old[key]), read_performer(new[key])
        if was != now:
            yield Change("lane", "performer", key, new[key].name, was, now)
        if old[key].name != new[key].name:
            yield Change("lane", "name", key, new[key].name, old[key].name, new[key].name)


def _nodes(old: _Side, new: _Side) -> Iterator[Change]:
    for key, node in new.nodes.items():
        if key not in old.nodes:
            yield Change(_kind(node), "added", key, new.named(key), step=new.numbers.get(key, 0))
        else:
            yield from _node(old, new, key)
    for key, node in old.nodes.items():
        if key not in new.nodes:
            yield Change(_kind(node), "removed", key, old.named(key), step=old.numbers.get(key, 0))


def _node(old: _Side, new: _Side, key: str) -> Iterator[Change]:
    was, now = old.nodes[key], new.nodes[key]
    told = list(_step(old, new, key)) if key in old.steps and key in new.steps else list(_other(was, now))
    if isinstance(was, CallActivity) and isinstance(now, CallActivity) and was.called != now.called:
        told.append(Change("step", "calls", before=was.called, after=now.called))
    if isinstance(was, Node) and isinstance(now, Node) and was.loop != now.loop:
        told.append(Change("step", "each", before=_loop(was), after=_loop(now)))
    if isinstance(was, Event) and isinstance(now, Event) and was.definitions != now.definitions:
        told.append(Change("event", "waits", before=_waits(was, old), after=_waits(now, new)))
    if getattr(was, "message", None) != getattr(now, "message", None):
        told.append(Change("step", "message", before=_ref(was, old), after=_ref(now, new)))
    if getattr(was, "interrupting", None) != getattr(now, "interrupting", None):
        told.append(
            Change(
                "event",
                "interrupting",
                before=getattr(was, "interrupting", None),
                after=getattr(now, "interrupting", None),
            )
        )
    if _rest(was) != _rest(now) or (not told and was.extensions != now.extensions):
        told.append(Change("other", "other"))
    for each in told:
        yield replace(each, of=_kind(now), element=key, name=new.named(key), step=new.numbers.get(key, 0))


def _step(old: _Side, new: _Side, key: str) -> Iterator[Change]:
    was, now = old.steps[key], new.steps[key]
    for name in _OF_STEP:
        if getattr(was, name) != getattr(now, name):
            yield Change("step", name, before=getattr(was, name), after=getattr(now, name))
    yield from _form(was, now)


def _form(was: Activity, now: Activity) -> Iterator[Change]:
    old, new = ({each.name: each for each in step.form} for step in (was, now))
    yield from (Change("step", "field-added", detail=_label(new[name])) for name in new if name not in old)
    yield from (Change("step", "field-removed", detail=_label(old[name])) for name in old if name not in new)
    both = [name for name in new if name in old]
    for name in both:
        for aspect in _OF_FIELD:
            before, after = getattr(old[name], aspect), getattr(new[name], aspect)
            if before != after:
                yield Change("step", "field", before=before, after=after, detail=_label(new[name]), aspect=aspect)
    if both != [name for name in old if name in new]:
        yield Change("step", "field-order")


def _label(field: Field) -> str:
    return field.label or field.name


def _other(was: FlowNode, now: FlowNode) -> Iterator[Change]:
    if was.name != now.name:
        yield Change("event", "name", before=was.name, after=now.name)
    if type(was) is not type(now):
        yield Change("event", "kind", before=_type(was), after=_type(now))
    if was.documentation != now.documentation:
        yield Change("event", "instruction", before="\n".join(was.documentation), after="\n".join(now.documentation))


def _flows(old: _Side, new: _Side) -> Iterator[Change]:
    for key, flow in new.flows.items():
        if key not in old.flows:
            yield _flow(new, flow, "added")
            continue
        was = old.flows[key]
        if (was.source, was.target) != (flow.source, flow.target):
            yield _flow(new, flow, "way", _way(old, was), _way(new, flow))
        if was.name != flow.name:
            yield _flow(new, flow, "name", was.name, flow.name)
        if _said(was.condition) != _said(flow.condition):
            yield _flow(new, flow, "condition", _said(was.condition), _said(flow.condition))
        if _default(old, was) != _default(new, flow):
            yield _flow(new, flow, "default", _default(old, was), _default(new, flow))
    yield from (_flow(old, flow, "removed") for key, flow in old.flows.items() if key not in new.flows)


def _flow(side: _Side, flow: SequenceFlow, what: str, before: object = None, after: object = None) -> Change:
    return Change("flow", what, flow.id, flow.name, before, after, detail=_way(side, flow))


def _way(side: _Side, flow: SequenceFlow) -> str:
    return f"{side.named(flow.source)} → {side.named(flow.target)}"


def _default(side: _Side, flow: SequenceFlow) -> bool:
    return getattr(side.nodes.get(flow.source), "default", None) == flow.id


def _said(expression: Expression | None) -> str:
    return expression.text.strip() if expression else ""


def _around(old: Definitions, new: Definitions) -> Iterator[Change]:
    """Parties outside and what goes to and from them."""
    for of, found in (("party", "participants"), ("message-flow", "message_flows")):
        was, now = (
            {each.id: each for one in drawing.collaborations for each in getattr(one, found)} for drawing in (old, new)
        )
        yield from (Change(of, "added", key, now[key].name) for key in now if key not in was)
        yield from (Change(of, "removed", key, was[key].name) for key in was if key not in now)
        for key in (each for each in now if each in was):
            if was[key].name != now[key].name and not _titled(now[key], new):
                yield Change(of, "name", key, now[key].name, was[key].name, now[key].name)
            elif replace(was[key], name="") != replace(now[key], name=""):
                yield Change(of, "other", key, now[key].name)


def _titled(element: Element, drawing: Definitions) -> bool:
    """Whether it is the procedure's own pool, named as its title: that is told of the sheet."""
    process = drawing.process(getattr(element, "process", None) or "")
    return process is not None and process.name == element.name


def _kind(node: FlowNode) -> str:
    if isinstance(node, SubProcess):
        return "group"
    if isinstance(node, Gateway):
        return "decision"
    return "event" if isinstance(node, Event) else "step"


def _type(node: Element) -> str:
    name = type(node).__name__
    return name[0].lower() + name[1:]


def _loop(node: Node) -> str:
    loop = node.loop
    if isinstance(loop, MultiInstance):
        return loop.collection or (loop.cardinality.text if loop.cardinality else "") or "?"
    return "" if loop is None else _type(loop)


def _waits(event: Event, side: _Side) -> str:
    return ", ".join(
        each.text if isinstance(each, TimerDefinition) else _ref(each, side) or _type(each).removesuffix("Definition")
        for each in event.definitions
    )


def _ref(element: Element, side: _Side) -> str:
    named = (getattr(element, name, None) for name in ("message", "error", "escalation", "signal"))
    return ", ".join(side.named(each) for each in named if each)


_TOLD = frozenset(
    {"nodes", "flows", "lane_sets", "line", "spelled", "default", "name", "documentation", "extensions"}
    | {"definitions", "loop", "called", "message", "interrupting"}
)
"""What is compared by itself above, or told of the elements inside and of the flows."""


def _rest(node: FlowNode) -> Mapping[str, object]:
    """What an element says besides: whatever has no word of its own."""
    said: dict[str, object] = {each.name: getattr(node, each.name) for each in fields(node) if each.name not in _TOLD}
    foreign = tuple(each for each in node.extensions if each.namespace != LAJUR)
    return {**said, "foreign": foreign}


def _plain(drawing: Definitions) -> Definitions:
    return replace(drawing, diagrams=(), prefixes=())
