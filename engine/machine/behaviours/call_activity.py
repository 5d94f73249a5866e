"""The call activity: runs another process of the release as a scope of this case, with the same facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from engine import notation
from engine.machine.activity import Activity
from engine.machine.program import Node
from engine.machine.reading import Reading
from engine.machine.run import Run
from engine.machine.state import SCOPE


@dataclass(frozen=True, slots=True)
class CallActivity(Activity):
    draws = (notation.CallActivity, None)

    called: str

    @classmethod
    def read(cls, drawn: Any, reading: Reading) -> Self:  # noqa: ARG003 - the called process has its own drawing
        return cls(drawn.called)

    def begin(self, run: Run, node: Node, up: int, place: int = -1) -> int:
        """Open the scope and send a token to the start event of the called process."""
        number = run.open(SCOPE, node, up, place=place)
        run.go(run.program.bodies[run.program.processes[self.called]].start, number)
        return number
