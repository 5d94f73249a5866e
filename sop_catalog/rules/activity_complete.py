"""Every step that a person does says what it needs, how long it may take and what comes of it (SOP AP: mutu baku)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.domain.release import Activity
from sop_catalog.rules.view import View, find

RULE: Final = "activity-complete"


def check(view: View) -> Iterator[Finding]:
    """Find steps without a name, instruction, requirement, allowance or output."""
    for step in view.by_persons:
        for lacking in _lacking(step):
            yield find(
                RULE, step, "Expected the step “{name}” to have {lacking}.", severity=view.weight, lacking=lacking
            )


def _lacking(step: Activity) -> Iterator[str]:
    has = {
        "a name": step.name,
        "an instruction (what the officer does)": step.instruction,
        "a requirement (what must be there)": step.requirements,
        "an allowance (how long it may take)": step.allowance,
        "an output (what comes of it)": step.output,
    }
    return (what for what, there in has.items() if not there)
