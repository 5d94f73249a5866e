"""An event waits for one thing or throws one thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import notation
from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find

RULE: Final = "one-definition"


def check(sight: Sight) -> Iterator[Finding]:
    """Find events with several definitions, or with definitions that stand elsewhere."""
    for event in sight.of(notation.Event):
        referred = any(each.xml.local == "eventDefinitionRef" for each in event.foreign_children)
        if len(event.definitions) > 1 or referred:
            message = "Expected the event “{name}” to have one definition of its own: draw one event for each."
            yield find(RULE, event, message)
