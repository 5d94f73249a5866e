"""The timer boundary event: its time interrupts the activity, or starts something beside it, once or in a cycle.

The instants of a cycle are counted from the first, so that a firing that came late delays none of the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from engine import notation
from engine.machine.behaviours.boundary_event import BoundaryEvent
from engine.machine.program import Node
from engine.machine.reading import Reading
from engine.machine.run import Run
from engine.machine.state import BOUNDARY, Token
from engine.process import NotATime, WaitKind
from engine.timing import Timer, after, read_period

_FOR_EVER = -1


@dataclass(frozen=True, slots=True)
class TimerBoundaryEvent(BoundaryEvent):
    draws = (notation.BoundaryEvent, notation.TimerDefinition)
    waits = WaitKind.TIMER

    timer: Timer
    interrupting: bool

    @classmethod
    def read(cls, drawn: Any, reading: Reading) -> Self:
        return cls(reading.timer_of(drawn), drawn.interrupting)

    def arm(self, run: Run, node: Node, scope: int, host: int) -> None:
        due, cycle = self.timer.begin(run.facts_in(scope), run.at)
        more: tuple[Any, ...] = ()
        if cycle:
            more = (run.at.isoformat(), cycle.text, 1, _FOR_EVER if cycle.repeats is None else cycle.repeats - 1)
        run.open(BOUNDARY, node, scope, place=host, due=due.isoformat(), more=more)

    def again(self, run: Run, node: Node, token: Token) -> None:
        if not token.more:
            return
        base, period, times, left = token.more
        if not left:
            return
        try:
            due = after(read_period(period), datetime.fromisoformat(base), times + 1)
        except OverflowError:
            raise NotATime(element=node.id, text=period, found="a time after the year 9999") from None
        more = (base, period, times + 1, left if left == _FOR_EVER else left - 1)
        run.open(BOUNDARY, node, token.up, place=token.place, due=due.isoformat(), more=more)
