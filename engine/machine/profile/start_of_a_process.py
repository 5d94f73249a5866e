"""Every process and sub-process begins at a start event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import notation
from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find

RULE: Final = "start-of-a-process"


def check(sight: Sight) -> Iterator[Finding]:
    """Find processes and sub-processes without a start event."""
    for scope in sight.scopes:
        if not any(isinstance(node, notation.StartEvent) for node in scope.nodes):
            yield find(RULE, scope, "Expected a start event in “{name}”, but there is none.")
