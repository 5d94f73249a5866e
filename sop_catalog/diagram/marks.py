"""The signs inside shapes: what kind of task, event or gateway it is. Drawn by us, after the standard's own figures."""

from __future__ import annotations

from engine.notation import (
    Activity,
    BoundaryEvent,
    Bounds,
    EndEvent,
    ErrorDefinition,
    EscalationDefinition,
    Event,
    EventBasedGateway,
    EventDefinition,
    Gateway,
    InclusiveGateway,
    IntermediateThrowEvent,
    LinkDefinition,
    MessageDefinition,
    MultiInstance,
    ParallelGateway,
    SignalDefinition,
    StandardLoop,
    StartEvent,
    TerminateDefinition,
    TimerDefinition,
)

_THIN = 'fill="none" stroke="{ink}" stroke-width="1.2" stroke-linejoin="round"'

_TASKS = {
    "UserTask": '<circle cx="7" cy="4" r="3.2" {thin}/><path d="M1 15c0-5 3-7 6-7s6 2 6 7z" {thin}/>',
    "ManualTask": '<path d="M1 6l5-4h3l-2 3h8a1.3 1.3 0 0 1 0 3h-3h2a1.3 1.3 0 0 1 0 3h-2a1.2 1.2 0 0 1 0 3h-8l-3-2z" {thin}/>',
    "ServiceTask": '<circle cx="8" cy="8" r="2.5" {thin}/><circle cx="8" cy="8" r="6" fill="none" stroke="{ink}" stroke-width="2.4" stroke-dasharray="2.3 2.4"/>',
    "SendTask": '<path d="M1 3h14v10h-14z" fill="{ink}"/><path d="M1 3l7 6l7-6" fill="none" stroke="#FFF" stroke-width="1.2"/>',
    "ReceiveTask": '<path d="M1 3h14v10h-14z" {thin}/><path d="M1 3l7 6l7-6" {thin}/>',
}


def task_mark(element: Activity, box: Bounds) -> str:
    """Return the sign in the upper left corner of a task."""
    drawn = _TASKS.get(type(element).__name__)
    if drawn is None:
        return ""
    ink = "#4C5B68"
    inner = drawn.replace("{thin}", _THIN).replace("{ink}", ink)
    return f'<g transform="translate({box.x + 5:g} {box.y + 4:g}) scale(0.8)">{inner}</g>'


def loop_mark(element: Activity, box: Bounds) -> str:
    """Return the sign at the foot of an activity that is done several times, or can be opened."""
    x, y = box.x + box.width / 2, box.y + box.height - 13
    if isinstance(element.loop, MultiInstance):
        way = "M-5 2h10M-5 5h10M-5 8h10" if element.loop.sequential else "M-4 0v9M0 0v9M4 0v9"
        return f'<path transform="translate({x:g} {y:g})" d="{way}" stroke="#14202B" stroke-width="1.8" fill="none"/>'
    if isinstance(element.loop, StandardLoop):
        return f'<path transform="translate({x:g} {y + 5:g})" d="M-2 5a5 5 0 1 1 4 0M2 5l4-1M2 5l1-4" stroke="#14202B" stroke-width="1.4" fill="none"/>'
    if type(element).__name__ == "CallActivity":
        return f'<path transform="translate({x:g} {y - 1:g})" d="M-6-1h12v12h-12zM0 2v6M-3 5h6" stroke="#14202B" stroke-width="1.2" fill="none"/>'
    return ""


def gateway_mark(element: Gateway, box: Bounds, fill: str, stroke: str) -> str:
    """Return the diamond of a gateway with its sign."""
    x, y, half = box.x + box.width / 2, box.y + box.height / 2, box.width / 2
    diamond = f'<path d="M{x:g} {y - half:g}L{x + half:g} {y:g}L{x:g} {y + half:g}L{x - half:g} {y:g}z" fill="{fill}" stroke="{stroke}" stroke-width="1.5"/>'
    signs = {
        ParallelGateway: '<path d="M-10 0h20M0-10v20" stroke-width="3.4" stroke="{0}"/>',
        InclusiveGateway: '<circle r="9" fill="none" stroke-width="2.4" stroke="{0}"/>',
        EventBasedGateway: '<circle r="12" fill="none" stroke="{0}"/><circle r="9.5" fill="none" stroke="{0}"/><path d="M0-6L5.7-1.9L3.5 4.9H-3.5L-5.7-1.9z" fill="none" stroke="{0}" stroke-width="1.2"/>',
    }
    sign = signs.get(type(element), '<path d="M-7-8L7 8M7-8L-7 8" stroke-width="3" stroke="{0}"/>')
    return f'{diamond}<g transform="translate({x:g} {y:g})">{sign.replace("{0}", stroke)}</g>'


def event_mark(element: Event, box: Bounds, fill: str, stroke: str) -> str:
    """Return the circle of an event with its sign: thin at a start, double in between, thick at an end."""
    x, y, r = box.x + box.width / 2, box.y + box.height / 2, box.width / 2
    dashed = ' stroke-dasharray="4 3"' if isinstance(element, BoundaryEvent) and not element.interrupting else ""
    width = 3.2 if isinstance(element, EndEvent) else 1.5
    parts = [f'<circle r="{r:g}" fill="{fill}" stroke="{stroke}" stroke-width="{width:g}"{dashed}/>']
    if not isinstance(element, StartEvent | EndEvent):
        parts.append(f'<circle r="{r - 3.5:g}" fill="none" stroke="{stroke}" stroke-width="1.2"{dashed}/>')
    filled = isinstance(element, EndEvent | IntermediateThrowEvent)
    parts.extend(_definition(each, stroke, filled=filled) for each in element.definitions[:1])
    return f'<g transform="translate({x:g} {y:g})">{"".join(parts)}</g>'


_SIGNS: dict[type[EventDefinition], str] = {
    TimerDefinition: '<circle r="10" fill="none" stroke="{ink}" stroke-width="1.2"/><path d="M0-6v6h5" fill="none" stroke="{ink}" stroke-width="1.4"/>',
    MessageDefinition: '<path d="M-9-6h18v12h-18z" {body}/><path d="M-9-6L0 1L9-6" fill="none" stroke="{fold}"/>',
    ErrorDefinition: '<path d="M-8 8L-4-7L3 2L8-8L4 8L-3-1z" {body} stroke-width="1.2"/>',
    EscalationDefinition: '<path d="M0-9L7 8L0 1L-7 8z" {body} stroke-width="1.2"/>',
    TerminateDefinition: '<circle r="10" fill="{ink}"/>',
    SignalDefinition: '<path d="M0-9L9 7H-9z" {body} stroke-width="1.2"/>',
    LinkDefinition: '<path d="M-9-4h9v-5l9 9l-9 9v-5h-9z" {body} stroke-width="1.2"/>',
}


def _definition(definition: EventDefinition, ink: str, *, filled: bool) -> str:
    body = f'fill="{ink}" stroke="{ink}"' if filled else f'fill="none" stroke="{ink}"'
    return _SIGNS.get(type(definition), "").format(ink=ink, body=body, fold="#FFF" if filled else ink)
