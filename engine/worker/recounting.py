"""After the calendar has changed, what is due by it is moved: case by case under its lock, a bounded piece each turn.

What is left to do stands in the rows: those that an older edition counted. So it goes on after whatever restarts.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.commands.recount_case import HELD, NOTHING_OLDER, recount_case
from engine.errors import Refusal, Unavailable
from engine.runtime import Engine, Unexpected

PAUSE_AFTER_FAILURE = timedelta(minutes=5)
"""One case that cannot be counted keeps no other waiting."""


class Recounting:
    """Moves what the newest edition moves."""

    def __init__(self, engine: Engine) -> None:
        """Know of no failure yet."""
        self._engine = engine
        self._paused: dict[int, datetime] = {}
        self.left = False
        """Whether something was left to somebody else, who may die over it: look again soon."""

    def work(self, now: datetime) -> int:
        """Move what one look tells of. Returns in how many cases. Raises Unavailable."""
        self._paused = {case: until for case, until in self._paused.items() if until > now}
        states = [self._recount(*each, now) for each in self._engine.outdated(but=list(self._paused))]
        self.left = HELD in states
        return sum(each not in (HELD, NOTHING_OLDER, "") for each in states)

    def _recount(self, case: int | None, timer: int, now: datetime) -> str:
        """What came of one: empty where it was refused."""
        try:
            if case is None:
                return self._engine.perform(recount_case, timer=timer, at=now).state
            return self._engine.perform(recount_case, case=case, wait=False, at=now).state
        except Unavailable:
            raise
        except Refusal as refusal:
            if not isinstance(refusal, Unexpected):
                self._engine.note_incident(refusal, case=case, event="recount_case", at=now)
            if case is not None:
                self._paused[case] = now + PAUSE_AFTER_FAILURE
            return ""
