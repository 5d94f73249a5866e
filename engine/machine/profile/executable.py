"""A process that says of itself that it is not to be executed is not run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find

RULE: Final = "executable"


def check(sight: Sight) -> Iterator[Finding]:
    """Find a process that says that it is a picture; note one that says nothing."""
    if sight.process.executable is None:
        message = "“{name}” does not say whether it is executable (isExecutable); it is taken as meant to run."
        yield find(RULE, sight.process, message, severity="note")
    elif not sight.process.executable:
        message = (
            "Expected the process “{name}” to be executable, but it says that it is a picture: "
            "set isExecutable to true, or leave it out, when it is meant to run."
        )
        yield find(RULE, sight.process, message)
