"""A case with clocks of every kind, and officers who stop and extend them, for the tests of those commands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from engine import Receipt, add_post
from engine.domain.organisation import Post
from engine.domain.release import Allowance, Clock, Duty, Timing
from engine.storage import tables
from tests.small_office import Play

HOURS = Allowance(4, Clock.WORKING_HOURS, "Paling lama 4 jam kerja")
DAYS = Allowance(3, Clock.WORKING_DAYS)
TEN = Allowance(10, Clock.WORKING_DAYS, "Paling lama 10 hari kerja")
SEVEN = Allowance(7, Clock.WORKING_DAYS)
DUTY = Duty("answer", "Menjawab permohonan", TEN, most=SEVEN, times=1)
FIRM = Duty("firm", "Memberi tahu", DAYS)
"""A duty that the law lets nobody extend."""


def give_power(play: Play) -> None:
    """Let the *ketua* decide on extensions."""
    play.engine.perform(add_post, Post("ketua", "Ketua", ("extend",)), at=play.now)


class Clockwork:
    """One case: at step A, in the time of the case, with a duty that may be extended and one that may not."""

    def __init__(self, play: Play) -> None:
        self.play = play
        step: dict[str, Any] = {"allowance": HOURS}
        timings = {"main": Timing(promised=DAYS, duties=(DUTY, FIRM))}
        play.publish("start -> user A -> user B -> end", timings=timings, A=step, B=step)
        self.number = play.open()
        self.opened = play.now

    def do(self, command: Callable[..., Receipt], *args: Any, officer: str = "sri", **more: Any) -> Receipt:
        return self.play.engine.perform(command, *args, officer=officer, at=self.play.now, **more)

    def later(self, **span: float) -> datetime:
        self.play.now += timedelta(**span)
        return self.play.now

    def clock(self, code: str) -> dict[str, Any]:
        """The latest clock of a step, a duty, or `main`."""
        found = [row for row in self.play.rows(tables.clock) if row["code"] in (code, f"main/{code}")]
        return found[-1]

    def due(self, code: str) -> datetime | None:
        """When it is due; None while it is paused."""
        found: datetime | None = self.clock(code)["due_at"]
        return found

    def records(self, kind: str) -> list[dict[str, Any]]:
        return [row for row in self.play.rows(tables.audit) if row["kind"] == kind]
