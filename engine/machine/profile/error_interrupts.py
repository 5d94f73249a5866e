"""An error always interrupts what it comes out of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import notation
from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find
from engine.notation import BoundaryEvent

RULE: Final = "error-interrupts"


def check(sight: Sight) -> Iterator[Finding]:
    """Find error boundary events that say they do not interrupt."""
    for event, _ in sight.definitions_of(notation.ErrorDefinition):
        if isinstance(event, BoundaryEvent) and not event.interrupting:
            message = "Expected the error boundary event “{name}” to interrupt: set cancelActivity to true."
            yield find(RULE, event, message)
