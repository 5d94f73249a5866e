"""Every fact that a condition, a timer or a list reads is written by some form, or declared as brought along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import feel
from engine.domain.finding import Finding, Severity
from engine.domain.release import Bound
from engine.notation import (
    Activity,
    CallActivity,
    Definitions,
    Element,
    Event,
    MultiInstance,
    TimerDefinition,
    nodes,
)
from sop_catalog.diagram.extension import read_activities, read_procedure
from sop_catalog.procedure import Level
from sop_catalog.rules.view import View, find, scopes

RULE: Final = "condition-reads-known-fact"
_ALWAYS: Final = frozenset({"outcome"})


def check(view: View) -> Iterator[Finding]:
    """Find facts that nobody is known to write.

    It stands against a map, and against what is called by something at hand; of any other drawing the callers are not
    known, so that it is a warning: declare the fact on the cover sheet.
    """
    callers = _callers(view)
    written = _written(view, callers)
    severity: Severity = "error" if (callers or view.procedure.sheet.level is Level.MAP) else "warning"
    told: set[str] = set()
    for element, name in _reads(view):
        if name not in written and name not in told:
            told.add(name)
            if not view.is_sop:
                message = "“{name}” reads the fact “{fact}”, which no form asks for: it may be given with any step."
                yield find(RULE, element, message, severity="note", fact=name)
                continue
            message = "Expected a form to write the fact “{fact}” that “{name}” reads, or the sheet to declare it."
            yield find(RULE, element, message, severity=severity, fact=name)


def _reads(view: View) -> Iterator[tuple[Element, str]]:
    local = {item for item in map(_item, view.of(Activity)) if item}
    for element, text in _texts(view):
        try:
            names = feel.parse(text.strip().removeprefix("=").strip()).names
        except feel.FeelSyntaxError:
            continue  # told by what the engine says
        yield from ((element, name) for name in sorted(names) if name not in _ALWAYS | local)


def _texts(view: View) -> Iterator[tuple[Element, str]]:
    for scope in scopes(view.process):
        yield from ((flow, flow.condition.text) for flow in scope.flows if flow.condition)
    for event in view.of(Event):
        timers = (each for each in event.definitions if isinstance(each, TimerDefinition))
        yield from ((event, each.text) for each in timers if not _is_plain_time(each.text))
    for activity in view.of(Activity):
        if isinstance(activity.loop, MultiInstance) and activity.loop.collection:
            yield activity, activity.loop.collection


def _is_plain_time(text: str) -> bool:
    return text.strip()[:1] in "PR0123456789" and "(" not in text


def _item(activity: Activity) -> str:
    loop = activity.loop
    return (loop.item.name or loop.item.id) if isinstance(loop, MultiInstance) and loop.item else ""


def _callers(view: View) -> set[str]:
    """Everything at hand that calls this process, however far up."""
    calls = {code: _calls(drawing, code) for code, drawing in view.drawings.items()}
    found: set[str] = set()
    waiting = [view.process.id]
    while waiting:
        code = waiting.pop()
        above = {caller for caller, called in calls.items() if code in called} - found - {view.process.id}
        found |= above
        waiting.extend(above)
    return found


def _calls(drawing: Definitions, code: str) -> set[str]:
    process = drawing.process(code)
    walked = nodes(process) if process else ()
    return {node.called for node, _ in walked if isinstance(node, CallActivity) and node.called}


def _written(view: View, callers: set[str]) -> set[str]:
    """Names written by the forms of this process, of what it calls, and of all that runs in the same case above it."""
    drawings = {**view.drawings, view.process.id: view.drawing}
    written: set[str] = set()
    waiting, seen = [view.process.id, *callers], set[str]()
    while waiting:
        code = waiting.pop()
        if code in seen or code not in drawings:
            continue
        seen.add(code)
        process = drawings[code].process(code)
        written |= set(read_procedure(process).sheet.facts) if process else set()
        for step in read_activities(drawings[code]):
            written |= {field.name for field in step.form if field.bound is Bound.FACT and step.process == code}
        waiting.extend(_calls(drawings[code], code))
    return written
