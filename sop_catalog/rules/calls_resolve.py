"""Everything that a drawing calls is at hand, can be run, and does not call back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.notation import CallActivity, Definitions, nodes
from sop_catalog.procedure import macro_of
from sop_catalog.rules.view import View, find

RULE: Final = "calls-resolve"


def check(view: View) -> Iterator[Finding]:
    """Look at every call activity."""
    for call in view.of(CallActivity):
        if not call.called:
            yield find(RULE, call, "Expected “{name}” to say which procedure it calls.")
        elif call.called != view.process.id and call.called not in view.drawings:
            message = "Expected the drawing of {called}, which “{name}” calls, to be at hand, but it is not: bring it in, or correct the code."
            yield find(RULE, call, message, called=call.called)
        elif view.process.id in _reached(call.called, view):
            message = "Expected calls to come to an end, but {called}, which “{name}” calls, leads back here: draw the way back as an arrow."
            yield find(RULE, call, message, called=call.called)
        elif _is_strange_micro(call, view):
            message = "Expected a macro to call its own micros, but {called}, which “{name}” calls, belongs to another: see that it is meant."
            yield find(RULE, call, message, severity="note", called=call.called)


def _reached(code: str, view: View) -> set[str]:
    """The process and everything that it calls, however deep."""
    found: set[str] = set()
    waiting = [code]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting.extend(_calls(view.drawings.get(each), each))
    return found


def _calls(drawing: Definitions | None, code: str) -> list[str]:
    process = drawing.process(code) if drawing else None
    return (
        [node.called for node, _ in nodes(process) if isinstance(node, CallActivity) and node.called] if process else []
    )


def _is_strange_micro(call: CallActivity, view: View) -> bool:
    above = macro_of(call.called or "")
    return view.is_sop and above is not None and above not in {view.process.id, macro_of(view.process.id)}
