"""Every time is ISO 8601 (an instant with its zone, a duration, a cycle), a span of an office, or FEEL that gives one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import feel
from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find
from engine.timing import Unreadable, read_timer

RULE: Final = "timer-readable"


def check(sight: Sight) -> Iterator[Finding]:
    """Find timers whose time cannot be read."""
    for event, timer in sight.timers():
        if timer.kind is None:
            continue
        text, example = timer.text.strip(), EXAMPLES[timer.kind]
        try:
            read_timer(event.id, timer.kind, text)
        except Unreadable as wrong:
            message = "Expected the time of “{name}” in ISO 8601, such as {example}, but “{text}” is {found}."
            found = str(wrong)
            yield find(RULE, event, message, line=timer.line, text=text[:80], example=example, found=found)
        except feel.FeelSyntaxError:
            message = "Expected the time of “{name}” in ISO 8601, such as {example}, or FEEL, but found “{text}”."
            yield find(RULE, event, message, line=timer.line, text=text[:80], example=example)


EXAMPLES: Final = {"date": "2026-03-01T08:00:00+07:00", "duration": "P3D, PT8H or working days(3)", "cycle": "R3/P1D"}
