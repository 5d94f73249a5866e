"""No arrow leads to a start event, and one leads away from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import notation
from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find

RULE: Final = "start-is-the-start"


def check(sight: Sight) -> Iterator[Finding]:
    """Find start events in the middle of a flow, and those that lead nowhere."""
    for event in sight.of(notation.StartEvent):
        if sight.lookup.incoming(event.id):
            yield find(RULE, event, "Expected no arrow to the start event “{name}”.")
        if not sight.lookup.outgoing(event.id):
            yield find(RULE, event, "Expected the start event “{name}” to lead somewhere.")
