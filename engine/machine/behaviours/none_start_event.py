"""The none start event: here a case, a sub-process or a called process begins."""

from __future__ import annotations

from engine import notation
from engine.machine.behaviours.start_event import StartEvent
from engine.process import StartKind


class NoneStartEvent(StartEvent):
    draws = (notation.StartEvent, None)
    start = StartKind.NONE
