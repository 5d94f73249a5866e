"""The user task: rests until a person has done it."""

from __future__ import annotations

from engine import notation
from engine.machine.activity import Activity
from engine.process import WaitKind


class UserTask(Activity):
    draws = (notation.UserTask, None)
    waits = WaitKind.WORK
