"""The receive task: rests until its message comes for this case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from engine import notation
from engine.machine.activity import Activity
from engine.machine.behaviours.event_based_gateway import chosen
from engine.machine.program import Node
from engine.machine.reading import Reading
from engine.machine.run import Run
from engine.machine.state import GATEWAY, TASK, Token
from engine.process import WaitKind


@dataclass(frozen=True, slots=True)
class ReceiveTask(Activity):
    draws = (notation.ReceiveTask, None)
    waits = WaitKind.MESSAGE

    message: str | None

    @classmethod
    def read(cls, drawn: Any, reading: Reading) -> Self:
        return cls(reading.message(drawn.message))

    def rest(self, run: Run, node: Node, up: int) -> None:
        """Wait as one alternative of an event-based gateway."""
        run.open(TASK, node, up)

    def happen(self, run: Run, node: Node, token: Token) -> None:
        """Finish it; the first event behind a gateway wins."""
        if run.tokens[token.up].kind == GATEWAY:
            token = chosen(run, token)
            run.note(node, token.up, "entered")
        self.finish(run, node, token)
