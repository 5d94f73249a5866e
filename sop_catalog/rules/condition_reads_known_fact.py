"""Every fact that a condition, a timer or a list reads is written by some form, or declared as brought along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from engine import feel
from engine.domain.finding import Finding, Severity
from engine.notation import (
    Activity,
    Definitions,
    Element,
    Event,
    MultiInstance,
    TimerDefinition,
)
from sop_catalog.diagram.held import held_in
from sop_catalog.procedure import Level
from sop_catalog.rules.view import View, find, scopes

RULE: Final = "condition-reads-known-fact"
_PLAIN: Final = re.compile(r"[0-9]|R[0-9]*/|P[0-9T]")
"""How times of ISO 8601 begin; `PD3` is no time but the name of a fact."""
_ALWAYS: Final = frozenset({"outcome"})


def check(view: View) -> Iterator[Finding]:
    """Find facts that nobody is known to write.

    It stands against a map, and against what is called by something at hand; of any other drawing the callers are not
    known, so that it is a warning: declare the fact on the cover sheet.
    """
    written = {name for code, drawing in together(view) for name in written_in(drawing, code)}
    severity: Severity = "error" if (view.callers or view.procedure.sheet.level is Level.MAP) else "warning"
    told: set[str] = set()
    for element, name in facts_read(view):
        if name not in written and name not in told:
            told.add(name)
            if not view.is_sop:
                message = "“{name}” reads the fact “{fact}”, which no form asks for: it may be given with any step."
                yield find(RULE, element, message, severity="note", fact=name)
                continue
            message = "Expected a form to write the fact “{fact}” that “{name}” reads, or the sheet to declare it."
            yield find(RULE, element, message, severity=severity, fact=name)


def facts_read(view: View) -> Iterator[tuple[Element, str]]:
    """Everything in this process that reads a fact, with the name of the fact; items of a list are none."""
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
    return _PLAIN.match(text.strip()) is not None and "(" not in text


def _item(activity: Activity) -> str:
    loop = activity.loop
    return (loop.item.name or loop.item.id) if isinstance(loop, MultiInstance) and loop.item else ""


def written_in(drawing: Definitions, code: str) -> frozenset[str]:
    """Names that the forms of one process write, or that its sheet says a case brings along."""
    held = held_in(drawing, code)
    return held.declared.union(field.name for field in held.fields)


def together(view: View) -> Iterator[tuple[str, Definitions]]:
    """This process, what is above it and all that these call: what runs in one case, each once with its drawing."""
    drawings = {**view.drawings, view.process.id: view.drawing}
    waiting, seen = [view.process.id, *sorted(view.callers)], set[str]()
    while waiting:
        code = waiting.pop()
        if code not in seen and code in drawings:
            seen.add(code)
            yield code, drawings[code]
            waiting.extend(held_in(drawings[code], code).calls)
