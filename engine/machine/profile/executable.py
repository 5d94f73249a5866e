"""A process that says of itself that it is not to be executed is not run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find

RULE: Final = "executable"


def check(sight: Sight) -> Iterator[Finding]:
    """Find a process that is not marked executable."""
    if not sight.process.executable:
        message = "Expected the process “{name}” to be executable: set isExecutable to true when it is meant to run."
        yield find(RULE, sight.process, message)
