"""The manual task: rests until a person says that it is done.

BPMN leaves manual tasks to the world outside any engine; an office must know that a step was taken, so here they wait.
"""

from __future__ import annotations

from engine import notation
from engine.machine.activity import Activity
from engine.process import WaitKind


class ManualTask(Activity):
    draws = (notation.ManualTask, None)
    waits = WaitKind.WORK
