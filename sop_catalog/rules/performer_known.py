"""Every step that a person does stands in a lane of a registered post."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.domain.release import Activity, Whose
from engine.notation import LAJUR, lanes
from sop_catalog.registers import post
from sop_catalog.rules.view import View, find

RULE: Final = "performer-known"


def _nobody(view: View, step: Activity) -> Finding:
    if view.is_sop:
        message = "Expected “{name}” to stand in a lane that names a registered post, for nobody would do it: move it into one."
        return find(RULE, step, message)
    message = "“{name}” stands in no lane of a registered post, so anybody in the office of the case may do it."
    return find(RULE, step, message, severity="warning")


def check(view: View) -> Iterator[Finding]:
    """Find steps that nobody would do, and lanes of posts that no office has."""
    for step in view.by_persons:
        if step.performer is None:
            yield _nobody(view, step)
    for lane in lanes(view.process):
        said = lane.extension(f"{{{LAJUR}}}performer")
        if said is not None and post(said.get("post")) is None:
            message = "Expected the lane “{name}” to name a post of the register, but “{post}” is none: name one."
            yield find(RULE, lane, message, post=said.get("post"))
        if said is not None and said.get("office", Whose.CASE) not in set(Whose):
            known = ", ".join(sorted(Whose))
            message = "Expected the office of the lane “{name}” to be one of {known}, but found “{found}”."
            yield find(RULE, lane, message, known=known, found=said.get("office"))
