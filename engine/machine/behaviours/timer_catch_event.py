"""The timer catch event: rests until its time has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from engine import notation
from engine.machine.behaviours.catch_event import CatchEvent
from engine.machine.program import Node
from engine.machine.reading import Reading
from engine.machine.run import Run
from engine.machine.state import CATCH
from engine.process import WaitKind
from engine.timing import Timer


@dataclass(frozen=True, slots=True)
class TimerCatchEvent(CatchEvent):
    draws = (notation.IntermediateCatchEvent, notation.TimerDefinition)
    waits = WaitKind.TIMER

    timer: Timer

    @classmethod
    def read(cls, drawn: Any, reading: Reading) -> Self:
        return cls(reading.timer_of(drawn))

    def rest(self, run: Run, node: Node, up: int) -> None:
        due, _ = self.timer.begin(run.facts_in(up), run.at)
        run.open(CATCH, node, up, due=due.isoformat())
