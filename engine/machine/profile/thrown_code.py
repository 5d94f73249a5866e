"""What is thrown has a code, and what is caught by reference too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import notation
from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find
from engine.notation import BoundaryEvent

RULE: Final = "thrown-code"


def check(sight: Sight) -> Iterator[Finding]:
    """Find errors and escalations that no code tells apart."""
    errors = {each.id: each.code for each in sight.definitions.errors}
    escalations = {each.id: each.code for each in sight.definitions.escalations}
    for event, error in sight.definitions_of(notation.ErrorDefinition):
        if _is_unclear(event, error.error, errors):
            yield find(RULE, event, "Expected “{name}” to refer to an error with a code.")
    for event, escalation in sight.definitions_of(notation.EscalationDefinition):
        if _is_unclear(event, escalation.escalation, escalations):
            yield find(RULE, event, "Expected “{name}” to refer to an escalation with a code.")


def _is_unclear(event: notation.Event, reference: str | None, codes: dict[str, str | None]) -> bool:
    catches_all = isinstance(event, BoundaryEvent) and reference is None
    return not catches_all and not codes.get(reference or "")
