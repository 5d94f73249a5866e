"""A cycle repeats, so it stands only where something can be begun again and again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find
from engine.notation import BoundaryEvent, StartEvent

RULE: Final = "timer-of-its-kind"


def check(sight: Sight) -> Iterator[Finding]:
    """Find cycles on events that fire once."""
    for event, timer in sight.timers():
        if timer.kind == "cycle" and not isinstance(event, StartEvent):
            if not isinstance(event, BoundaryEvent):
                yield find(
                    RULE, event, "Expected a date or a duration at “{name}”, which fires once, but it has a cycle."
                )
            elif event.interrupting:
                message = "Expected “{name}” not to interrupt, because it repeats: set cancelActivity to false."
                yield find(RULE, event, message)
