"""Every step that a person does says what it needs, how long it may take and what comes of it (SOP AP: mutu baku)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.domain.release import Activity
from sop_catalog.rules.view import View, find

RULE: Final = "activity-complete"
_ACTS: Final = frozenset({"", "decide_disposition"})
"""What a step may ask for beyond its form; the engine knows no other and would pass over it."""


def check(view: View) -> Iterator[Finding]:
    """Find steps without a name, instruction, requirement, allowance or output, and acts that nobody knows."""
    for step in view.by_persons:
        for message in _lacking(step):
            yield find(RULE, step, message, severity=view.weight)
        if step.act not in _ACTS:
            message = (
                "Expected the step “{name}” to ask for an act that is known here, but found “{found}”: leave it out."
            )
            yield find(RULE, step, message, found=step.act)


def _lacking(step: Activity) -> Iterator[str]:
    has = {
        "Expected the step “{id}” to have a name.": step.name,
        "Expected the step “{name}” to say what the officer does (its documentation).": step.instruction,
        "Expected the step “{name}” to say what must be there for it (a requirement).": step.requirements,
        "Expected the step “{name}” to say how long it may take (an allowance).": step.allowance,
        "Expected the step “{name}” to say what comes of it (an output).": step.output,
    }
    return (message for message, there in has.items() if not there)
