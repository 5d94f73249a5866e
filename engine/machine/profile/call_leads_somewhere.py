"""What a call activity calls is in the release."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.machine.compiling import process_in
from engine.machine.profile.sight import Sight, find
from engine.notation import CallActivity

RULE: Final = "call-leads-somewhere"


def check(sight: Sight) -> Iterator[Finding]:
    """Find calls of processes that are not in the bundle."""
    for call in sight.of(CallActivity):
        if call.called and process_in(sight.bundle, call.called) is None:
            message = "Expected the process “{called}”, which “{name}” calls, but it is not there."
            yield find(RULE, call, message, called=call.called)
