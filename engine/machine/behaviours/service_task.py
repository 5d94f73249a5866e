"""The service task: rests until what is outside says that it has been done. Nothing in the drawing is called."""

from __future__ import annotations

from engine import notation
from engine.machine.activity import Activity
from engine.process import WaitKind


class ServiceTask(Activity):
    draws = (notation.ServiceTask, None)
    waits = WaitKind.SERVICE
