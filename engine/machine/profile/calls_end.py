"""Calls lead down a bounded number of levels and never back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import notation
from engine.domain.finding import Finding
from engine.machine.compiling import called_processes
from engine.machine.profile.sight import Sight, find
from engine.notation import CallActivity

RULE: Final = "calls-end"


def check(sight: Sight) -> Iterator[Finding]:
    """Find call cycles, and calls deeper than the limit; told once, at the process that is run."""
    if sight.is_called:
        return
    processes = called_processes(sight.bundle)
    calls = {
        code: [node for node, _ in notation.nodes(process) if isinstance(node, CallActivity)]
        for code, process in processes.items()
    }
    depths: dict[str, int] = {}
    waiting: list[tuple[str, tuple[str, ...]]] = [(sight.process.id, ())]
    while waiting:
        code, above = waiting.pop()
        if depths.get(code, -1) >= len(above):
            continue
        depths[code] = len(above)
        for call in calls.get(code, ()):
            if call.called == code or call.called in above:
                way = " → ".join((*above, code, call.called))
                yield find(RULE, call, "Expected calls to come to an end, but they go round: {way}.", way=way)
            elif len(above) + 1 > sight.limits.call_depth:
                message = "Expected at most {limit} calls within calls, but “{name}” goes deeper."
                yield find(RULE, call, message, limit=sight.limits.call_depth)
            elif call.called:
                waiting.append((call.called, (*above, code)))
                if len(above) + 1 == sight.limits.call_depth // 2 + 1:
                    message = "Expected far fewer than {limit} calls within calls, but “{name}” goes past half of them."
                    yield find(RULE, call, message, severity="warning", limit=sight.limits.call_depth)
