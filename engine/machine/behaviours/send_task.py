"""The send task: rests until what is outside says that the message has gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from engine import notation
from engine.machine.activity import Activity
from engine.machine.reading import Reading
from engine.process import WaitKind


@dataclass(frozen=True, slots=True)
class SendTask(Activity):
    draws = (notation.SendTask, None)
    waits = WaitKind.SEND

    message: str | None

    @classmethod
    def read(cls, drawn: Any, reading: Reading) -> Self:
        return cls(reading.message(drawn.message))
