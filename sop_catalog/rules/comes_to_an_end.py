"""Whatever is decided, a case comes to an end, and every way can be walked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding, Severity
from engine.notation import Element
from engine.process import Stuck, TooLong
from sop_catalog.rules.view import View, find
from sop_catalog.soundness import walk

RULE: Final = "comes-to-an-end"
_CERTAIN: Final = frozenset({Stuck.__name__, TooLong.__name__})
"""Troubles that no answer could have avoided; others may come of a fact that a form would have demanded."""
LARGEST: Final = 150
"""Flow nodes of a process that is walked: a larger one would take too long while somebody waits."""


def check(view: View) -> Iterator[Finding]:
    """Walk the process alone; what it calls is walked by itself. Only asked where the engine can run it."""
    if len(view.nodes) > LARGEST:
        message = "“{name}” has {found} flow nodes: too many to walk every way here, so nobody has shown that it ends."
        yield find(RULE, view.process, message, severity="warning", found=len(view.nodes))
        return
    found = walk(view.alone, view.interpreter)
    for trouble in found.troubles:
        element: Element = view.lookup.find(trouble.element) or view.process
        way = " → ".join(str(move) for move in trouble.moves[-6:]) or "start"
        message = "Expected every case to come to an end, but at “{name}” one cannot go on (after {way}): {trouble}"
        severity: Severity = "error" if trouble.refusal in _CERTAIN else "warning"
        yield find(RULE, element, message, severity=severity, way=way, trouble=trouble.refusal)
    for missed in () if found.troubles else found.missed:
        element = view.lookup.find(missed.element) or view.process
        message = "Expected a case to be able to come over “{name}”, but no way tried leads there."
        yield find(RULE, element, message, severity="warning")
