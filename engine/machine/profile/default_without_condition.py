"""A default arrow is taken when no other is; a condition on it would mean nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find

RULE: Final = "default-without-condition"


def check(sight: Sight) -> Iterator[Finding]:
    """Find default arrows with a condition."""
    defaults = {getattr(node, "default", None) for node in sight.nodes}
    for scope in sight.scopes:
        for flow in scope.flows:
            if flow.id in defaults and flow.condition:
                yield find(RULE, flow, "Expected no condition on the default arrow “{name}”.")
