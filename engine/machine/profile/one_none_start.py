"""A sub-process, and a process that is called, has exactly one way in: its none start event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import notation
from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find
from engine.notation import StartEvent, SubProcess

RULE: Final = "one-none-start"


def check(sight: Sight) -> Iterator[Finding]:
    """Find sub-processes and called processes that could begin in no way or in several."""
    for scope in sight.scopes:
        starts = [node for node in scope.nodes if isinstance(node, StartEvent)]
        plain = [node for node in starts if not node.definitions]
        if not starts:
            continue
        if isinstance(scope, SubProcess) and (len(plain) != 1 or len(starts) != 1):
            message = "Expected one none start event and no other in the sub-process “{name}”, but it has {found}."
            yield find(RULE, scope, message, found=len(starts))
        elif isinstance(scope, notation.Process) and sight.is_called and len(plain) != 1:
            message = "Expected one none start event in “{name}”, because it is called, but it has {found}."
            yield find(RULE, scope, message, found=len(plain))
