"""No arrow leaves an end event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import notation
from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find

RULE: Final = "end-is-the-end"


def check(sight: Sight) -> Iterator[Finding]:
    """Find end events that go on."""
    for event in sight.of(notation.EndEvent):
        if sight.lookup.outgoing(event.id):
            yield find(RULE, event, "Expected no arrow out of the end event “{name}”: draw an intermediate event.")
