"""A stage has one time: two steps that enter it do not say different ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.domain.release import Activity
from sop_catalog.rules.view import View, find

RULE: Final = "stage-said-once"


def check(view: View) -> Iterator[Finding]:
    """Find steps that give a stage another time than a step before them; only one of the two could count."""
    said: dict[str, Activity] = {}
    for step in view.activities:
        if not step.stage or step.stage_allowance is None:
            continue
        first = said.setdefault(step.stage, step)
        if first.stage_allowance != step.stage_allowance:
            message = "Expected the stage “{stage}” to have one time, but “{first}” and “{name}” say different ones: say the same at both, or only at one."
            yield find(RULE, step, message, stage=step.stage, first=first.name or first.element)
