"""A boundary event is entered from its activity alone, and leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import notation
from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find

RULE: Final = "boundary-leads-on"


def check(sight: Sight) -> Iterator[Finding]:
    """Find boundary events with an arrow to them or none from them."""
    for event in sight.of(notation.BoundaryEvent):
        if sight.lookup.incoming(event.id):
            yield find(RULE, event, "Expected no arrow to the boundary event “{name}”.")
        if not sight.lookup.outgoing(event.id):
            yield find(RULE, event, "Expected the boundary event “{name}” to lead somewhere.")
