"""Of sub-processes only the plain embedded one is run: no event sub-process, transaction or ad-hoc one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import notation
from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find

RULE: Final = "special-sub-process"


def check(sight: Sight) -> Iterator[Finding]:
    """Find sub-processes that are more than a scope."""
    for node in sight.of(notation.SubProcess):
        what = "an event sub-process" if node.triggered_by_event else _KINDS.get(node.kind)
        if what:
            message = (
                "Expected a plain sub-process, but “{name}” is {what}: draw boundary events and a plain sub-process."
            )
            yield find(RULE, node, message, what=what)


_KINDS: Final = {"transaction": "a transaction", "adhoc": "an ad-hoc sub-process"}
